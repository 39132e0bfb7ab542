/** Tests of what a policy's limits and breaker do. */
@org.jspecify.annotations.NullMarked
package io.k8sincident.activities.guard;
