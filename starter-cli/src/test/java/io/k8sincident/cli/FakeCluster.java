package io.k8sincident.cli;

import io.k8sincident.activities.evidence.ClusterException;
import io.k8sincident.activities.evidence.SnapshotSource;
import io.k8sincident.cli.cluster.ClusterCheckup;
import io.k8sincident.cli.cluster.ClusterConnection;
import io.k8sincident.cli.cluster.ScenarioRun;
import io.k8sincident.workflows.model.ErrorCode;
import io.k8sincident.workflows.model.Target;
import java.time.Clock;
import java.util.function.Consumer;

/** A cluster with one Deployment, {@code demo/crashy}, and its pods. */
public final class FakeCluster implements ClusterConnection {
    private final SnapshotSource source;

    /** One whose snapshots no test takes. */
    public FakeCluster() {
        this(scope -> {
            throw new UnsupportedOperationException("no test reads it");
        });
    }

    /** One with these snapshots. */
    public FakeCluster(SnapshotSource source) {
        this.source = source;
    }

    @Override
    public String defaultNamespace() {
        return "default";
    }

    @Override
    public SnapshotSource snapshots(Clock clock) {
        return source;
    }

    @Override
    public String version() {
        return "v1.36.2";
    }

    @Override
    public String uid() {
        return "uid-of-kube-system";
    }

    @Override
    public Target owner(Target object) {
        if (object.name().startsWith("crashy") && "demo".equals(object.namespace())) {
            return Incidents.CRASHY;
        }
        throw new ClusterException(ErrorCode.TARGET_NOT_FOUND, "there is no " + object.typed());
    }

    @Override
    public ScenarioRun scenarios(Consumer<String> talk) {
        throw new UnsupportedOperationException("no test applies one");
    }

    @Override
    public ClusterCheckup checkup() {
        throw new UnsupportedOperationException("no test examines it");
    }

    @Override
    public void close() {}
}
