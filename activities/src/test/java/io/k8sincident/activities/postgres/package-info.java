@org.jspecify.annotations.NullMarked
package io.k8sincident.activities.postgres;
