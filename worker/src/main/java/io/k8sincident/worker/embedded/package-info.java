/** A Temporal server for a machine that has none, in a process of its own. */
@org.jspecify.annotations.NullMarked
package io.k8sincident.worker.embedded;
