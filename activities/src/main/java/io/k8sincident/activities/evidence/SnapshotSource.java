package io.k8sincident.activities.evidence;

/**
 * Where snapshots come from: a live cluster, or a recording. Rules cannot tell which. Thread-safe.
 */
public interface SnapshotSource {
    /**
     * Reads what belongs to the scope, bounded and redacted. What cannot be read becomes a {@link Gap}.
     *
     * @throws ClusterException if nothing can be read at all, or the target does not exist
     */
    Snapshot take(Scope scope);
}
