/** The worker process: reads its settings, waits for what it needs, serves the task queues of its roles. */
@org.jspecify.annotations.NullMarked
package io.k8sincident.worker;
