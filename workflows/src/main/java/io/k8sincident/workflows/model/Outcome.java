package io.k8sincident.workflows.model;

/** How an incident ended; the exit code is that of {@code start --wait} and {@code watch}. */
public enum Outcome {
    HEALTHY(0),
    PROPOSED(3),
    NO_SAFE_ACTION(3),
    REJECTED(4),
    EXPIRED(4),
    STALE(5),
    BLOCKED(4),
    FAILED(6),
    CANCELLED(4),
    RESOLVED(0),
    ROLLED_BACK(6),
    UNRESOLVED(6),
    OUTCOME_UNKNOWN(6);

    private final int exitCode;

    Outcome(int exitCode) {
        this.exitCode = exitCode;
    }

    /** The process exit code by which a script tells this outcome. */
    public int exitCode() {
        return exitCode;
    }
}
