package io.k8sincident.cli.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.k8sincident.activities.evidence.SnapshotSource;
import io.k8sincident.activities.kubernetes.ClusterUid;
import io.k8sincident.activities.kubernetes.KubernetesConnection;
import io.k8sincident.activities.kubernetes.LiveSource;
import io.k8sincident.activities.kubernetes.ServerVersion;
import io.k8sincident.activities.kubernetes.TargetResolver;
import io.k8sincident.cli.host.LocalStackFile;
import io.k8sincident.cli.host.Surroundings;
import io.k8sincident.workflows.model.Target;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A cluster that a kubeconfig leads to. */
public final class KubernetesCluster implements ClusterConnection {
    private final KubernetesConnection connection;
    private @Nullable KubernetesClient client;

    private KubernetesCluster(KubernetesConnection connection) {
        this.connection = connection;
    }

    /**
     * The cluster that kubectl would use, except that the practice cluster of a local stack comes before
     * {@code ~/.kube/config}: what a worker of that stack would change is what is looked at.
     *
     * @throws io.k8sincident.activities.evidence.ClusterException if there is no usable kubeconfig
     */
    public static KubernetesCluster open(ClusterChoice choice, Surroundings surroundings) {
        return new KubernetesCluster(KubernetesConnection.open(file(choice, surroundings), choice.context()));
    }

    private static @Nullable Path file(ClusterChoice choice, Surroundings surroundings) {
        if (choice.kubeconfig() != null) {
            return surroundings.directory().resolve(choice.kubeconfig());
        }
        if (choice.context() != null || !surroundings.variable("KUBECONFIG").isEmpty()) {
            return null;
        }
        return new LocalStackFile(surroundings)
                .running()
                .map(stack -> Path.of(stack.kubeconfig()))
                .orElse(null);
    }

    @Override
    public String defaultNamespace() {
        return connection.namespace();
    }

    @Override
    public SnapshotSource snapshots(Clock clock) {
        return new LiveSource(connection, clock);
    }

    @Override
    public String version() {
        return ServerVersion.of(connection);
    }

    @Override
    public String uid() {
        return new ClusterUid(writer(), Clock.systemUTC()).get();
    }

    @Override
    public Target owner(Target object) {
        String namespace = object.namespace() == null ? connection.namespace() : object.namespace();
        return new TargetResolver(connection).resolve(object.typed(), namespace);
    }

    @Override
    public ScenarioRun scenarios(Consumer<String> talk) {
        return new ScenarioRun(calls(), talk);
    }

    @Override
    public ClusterCheckup checkup() {
        return new ClusterCheckup(calls());
    }

    private ApiCalls calls() {
        return new ApiCalls(writer());
    }

    private KubernetesClient writer() {
        if (client == null) {
            client = connection.openWriter();
        }
        return client;
    }

    @Override
    public void close() {
        if (client != null) {
            client.close();
        }
        connection.close();
    }
}
