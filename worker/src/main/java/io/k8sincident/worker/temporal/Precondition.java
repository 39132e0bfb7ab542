package io.k8sincident.worker.temporal;

import java.util.Optional;

/** Something that must be so before the worker can serve, and that may become so without it. */
interface Precondition {
    /** What is in the way now; empty if nothing is. Answers within seconds, and throws only on a bug. */
    Optional<Obstacle> check();
}
