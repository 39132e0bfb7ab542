/** Real worker processes that are killed while many incidents are open. */
@org.jspecify.annotations.NullMarked
package io.k8sincident.worker.faults;
