package io.k8sincident.cli.cluster;

import io.k8sincident.activities.evidence.SnapshotSource;
import io.k8sincident.workflows.model.Target;
import java.time.Clock;
import java.util.function.Consumer;

/** A cluster as a command needs it. Nothing is asked of it before the first call. */
public interface ClusterConnection extends AutoCloseable {
    /** The namespace of the context, as kubectl takes it. */
    String defaultNamespace();

    /** Where snapshots of it come from; ages in them are relative to the time that this clock shows. */
    SnapshotSource snapshots(Clock clock);

    /** The version of its API server, such as {@code v1.36.2}; empty if it cannot be had. */
    String version();

    /**
     * The uid of namespace kube-system, which tells it from all others.
     *
     * @throws io.k8sincident.activities.evidence.ClusterException if it cannot be read
     */
    String uid();

    /**
     * The owner of an object: a Deployment for one of its pods, the object itself if nothing owns it.
     *
     * @throws io.k8sincident.activities.evidence.ClusterException if it does not exist or cannot be read
     */
    Target owner(Target object);

    /** Applies and takes away scenarios; says what it does. */
    ScenarioRun scenarios(Consumer<String> talk);

    /** Finds out what it allows and how it is. */
    ClusterCheckup checkup();

    @Override
    void close();
}
