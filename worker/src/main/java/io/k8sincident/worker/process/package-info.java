/** How processes that belong together find each other: the parent's end, the file that says "ready". */
@org.jspecify.annotations.NullMarked
package io.k8sincident.worker.process;
