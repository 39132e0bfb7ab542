/** The worker's side of Temporal: which server, what must be there before it can serve, and the serving itself. */
@org.jspecify.annotations.NullMarked
package io.k8sincident.worker.temporal;
