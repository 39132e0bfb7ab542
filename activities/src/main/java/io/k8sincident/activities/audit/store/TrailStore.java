package io.k8sincident.activities.audit.store;

import io.k8sincident.activities.audit.ChainedEntry;
import java.io.IOException;
import java.util.List;

/**
 * Where the lines of a trail and its checkpoints lie. Thread-safe, and safe beside other processes on the same store.
 */
public interface TrailStore {
    /** What is done while nobody else may append. */
    @FunctionalInterface
    interface Work<T> {
        T in(TrailSession session) throws IOException;
    }

    /** How messages call it, without credentials: a path, or an address. */
    String name();

    /**
     * Does something while nobody else may append, in this process or another; waits for its turn. When it returns, all
     * that was appended is durable. When it throws, nobody knows.
     */
    <T> T exclusively(Work<T> work) throws IOException;

    /** All entries of an incident with this event, oldest first, out of all that the store still holds. */
    List<ChainedEntry> find(String incident, String event) throws IOException;
}
