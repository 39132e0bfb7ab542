package io.k8sincident.activities.policy;

/** Says how the workloads of a namespace are. Thread-safe. */
@FunctionalInterface
public interface ScopeHealth {
    /**
     * Counts the workloads of a namespace, and those that have fewer ready pods than they want.
     *
     * @throws RuntimeException if it cannot be read; then nothing may be changed
     */
    Health of(String namespace);

    /** How many workloads there are, and how many of them lack ready pods. */
    record Health(int workloads, int unhealthy) {}
}
