package io.k8sincident.activities.evidence;

import io.k8sincident.workflows.model.ErrorCode;

/** The cluster or the recording did not give what was asked for; the message says what, why, and what to do next. */
public final class ClusterException extends RuntimeException {
    private final ErrorCode code;

    public ClusterException(ErrorCode code, String message) {
        super(message);
        this.code = code;
    }

    public ClusterException(ErrorCode code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public ErrorCode code() {
        return code;
    }
}
