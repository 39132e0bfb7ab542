package io.k8sincident.activities.kubernetes;

import io.k8sincident.activities.evidence.Scope;
import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.activities.evidence.SnapshotSource;
import io.k8sincident.workflows.model.Target;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Takes snapshots of a live cluster. A target costs at most eight reads in three rounds, a namespace one list of each
 * kind and the logs of a few containers. Only reads. Thread-safe.
 */
public final class LiveSource implements SnapshotSource {
    private final KubernetesConnection connection;
    private final Clock clock;

    /** Reads over this connection, which must stay open. */
    public LiveSource(KubernetesConnection connection) {
        this(connection, Clock.systemUTC());
    }

    /** Takes the time from this clock, for a cluster whose state is of another day. */
    public LiveSource(KubernetesConnection connection, Clock clock) {
        this.connection = connection;
        this.clock = clock;
    }

    @Override
    public Snapshot take(Scope scope) {
        Instant takenAt = clock.instant();
        ApiReader api = connection.reader();
        Target target = scope.target();
        SnapshotDraft draft = target == null
                ? new NamespaceReading(api, scope.namespace(), takenAt).read()
                : new TargetReading(api, target, takenAt).read();
        return draft.build(source(scope.namespace()), takenAt);
    }

    private String source(@Nullable String namespace) {
        return connection.context() + "/" + (namespace == null ? "*" : namespace);
    }
}
