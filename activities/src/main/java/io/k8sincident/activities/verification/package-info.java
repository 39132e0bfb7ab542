/** Looks whether a workload recovered, in a way that cannot be gamed. */
@org.jspecify.annotations.NullMarked
package io.k8sincident.activities.verification;
