package io.k8sincident.worker.temporal;

import io.k8sincident.worker.config.Role;
import io.temporal.worker.Worker;

/** What a worker of a role does: the workflow and the activities that it is given to serve. */
@FunctionalInterface
public interface Duties {
    /** Registers them; builds only what this role needs. */
    void assign(Role role, Worker worker);
}
