/** Tests of the expressions in policies. */
@org.jspecify.annotations.NullMarked
package io.k8sincident.activities.policy.cel;
