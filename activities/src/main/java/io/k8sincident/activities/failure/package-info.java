/** How what goes wrong reaches Temporal. */
@org.jspecify.annotations.NullMarked
package io.k8sincident.activities.failure;
