package io.k8sincident.workflows.model;

/**
 * Why a step could not be done. The name travels as the type of Temporal's ApplicationFailure; whether a retry can help
 * is decided here and nowhere else.
 */
public enum ErrorCode {
    CLUSTER_UNREACHABLE(true),
    CLUSTER_BUSY(true),
    CLUSTER_FORBIDDEN(false),
    TARGET_NOT_FOUND(false),
    INVALID_INPUT(false),
    POLICY_INVALID(false),
    AUDIT_UNAVAILABLE(true),
    NOT_YET_HEALTHY(true),
    INTERNAL(false);

    private final boolean retryable;

    ErrorCode(boolean retryable) {
        this.retryable = retryable;
    }

    public boolean retryable() {
        return retryable;
    }
}
