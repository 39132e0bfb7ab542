package io.k8sincident.workflows.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was sent to the cluster for one action and what it answered.
 *
 * @param action index within the plan
 * @param message what happened and, unless it was applied, what was not changed
 * @param resourceVersion of the object afterwards, if known
 */
public record Execution(
        int action, Status status, String message, @Nullable String resourceVersion, Instant at) {

    /** How the write of one action stands. */
    public enum Status {
        /** It is in the cluster: answered so, or read back so. */
        APPLIED,
        /** The API server refused it. */
        REFUSED,
        /** The target is not what was approved. */
        STALE,
        /** Policy forbids it now. */
        BLOCKED,
        /** The execution window was over before anything was sent. */
        WINDOW_LAPSED,
        /** Reading proved that it did not happen. */
        NOT_APPLIED,
        /** Sent, no answer, not settled yet. */
        UNKNOWN
    }
}
