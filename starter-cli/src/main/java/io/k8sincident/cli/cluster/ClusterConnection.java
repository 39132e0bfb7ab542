package io.k8sincident.cli.cluster;

import io.k8sincident.activities.evidence.SnapshotSource;
import io.k8sincident.workflows.model.Target;

/** A cluster that can be read. Nothing is asked of it before the first call. */
public interface ClusterConnection extends AutoCloseable {
    /** The namespace of the context, as kubectl takes it. */
    String defaultNamespace();

    /** Where snapshots of it come from. */
    SnapshotSource snapshots();

    /**
     * The owner of an object: a Deployment for one of its pods, the object itself if nothing owns it.
     *
     * @throws io.k8sincident.activities.evidence.ClusterException if it does not exist or cannot be read
     */
    Target owner(Target object);

    @Override
    void close();
}
