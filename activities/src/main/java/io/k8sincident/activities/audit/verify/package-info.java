/** Checks a trail from its lines, its checkpoints and public keys alone, and names the first bad record. */
@org.jspecify.annotations.NullMarked
package io.k8sincident.activities.audit.verify;
