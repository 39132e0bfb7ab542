package io.k8sincident.activities.execution;

import io.k8sincident.activities.kubernetes.WriteAnswer;

/**
 * A send that certainly changed nothing, because the object was not as it was read.
 *
 * @param resourceVersion of the read before it
 */
record Conflict(WriteAnswer answer, String resourceVersion) {}
