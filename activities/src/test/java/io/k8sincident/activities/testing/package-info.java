/** Hand-written fakes and builders that the tests of several packages share. */
@org.jspecify.annotations.NullMarked
package io.k8sincident.activities.testing;
