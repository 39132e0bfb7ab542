/** Asks the policy about a plan as it stands in the stores, and holds the limits that need counting or a look around. */
@org.jspecify.annotations.NullMarked
package io.k8sincident.activities.guard;
