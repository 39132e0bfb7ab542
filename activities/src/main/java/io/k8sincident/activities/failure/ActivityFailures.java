package io.k8sincident.activities.failure;

import io.k8sincident.activities.evidence.ClusterException;
import io.k8sincident.workflows.model.ErrorCode;
import io.temporal.failure.ApplicationFailure;
import java.util.function.Supplier;

/** How errors of ours reach Temporal: the error code as type, which also decides whether a retry can help. */
public final class ActivityFailures {
    private ActivityFailures() {}

    /** The failure of this code. */
    public static ApplicationFailure of(ErrorCode code, String message, Throwable cause) {
        return code.retryable()
                ? ApplicationFailure.newFailureWithCause(message, code.name(), cause)
                : ApplicationFailure.newNonRetryableFailureWithCause(message, code.name(), cause);
    }

    /** Does a step; what goes wrong with the cluster or the audit trail becomes a failure with its code. */
    public static <T> T translated(Supplier<T> step) {
        try {
            return step.get();
        } catch (ClusterException e) {
            throw of(e.code(), String.valueOf(e.getMessage()), e);
        } catch (CodedException e) {
            throw of(e.code(), String.valueOf(e.getMessage()), e);
        }
    }
}
