/**
 * What a model says about a diagnosis, and how far it may be believed: a witness among others, whose every sentence must
 * quote the evidence. Nothing here is asked by planning, policy or execution.
 */
@org.jspecify.annotations.NullMarked
package io.k8sincident.activities.advice;
