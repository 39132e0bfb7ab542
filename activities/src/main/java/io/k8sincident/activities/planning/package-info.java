/** Turns a diagnosis or a human's values into a plan with a server-side dry-run diff. */
@org.jspecify.annotations.NullMarked
package io.k8sincident.activities.planning;
