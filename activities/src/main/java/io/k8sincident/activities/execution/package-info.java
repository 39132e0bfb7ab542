/** Sends exactly what was approved, at most once, and settles by reading what was not answered. */
@org.jspecify.annotations.NullMarked
package io.k8sincident.activities.execution;
