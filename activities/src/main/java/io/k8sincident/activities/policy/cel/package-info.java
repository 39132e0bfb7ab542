/**
 * Expressions of a policy in CEL, the language of Kubernetes' own admission policies. Nothing outside of this package
 * knows the library, and nothing here is loaded while a policy has no expressions.
 */
@org.jspecify.annotations.NullMarked
package io.k8sincident.activities.policy.cel;
