package io.k8sincident.activities.execution;

import io.k8sincident.workflows.model.Execution.Status;

/** The protocol ends here, and why; nothing more is sent. */
final class HaltedException extends RuntimeException {
    private final Status status;

    HaltedException(Status status, String message) {
        super(message);
        this.status = status;
    }

    Status status() {
        return status;
    }
}
