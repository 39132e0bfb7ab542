package io.k8sincident.cli.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.k8sincident.activities.evidence.SnapshotSource;
import io.k8sincident.cli.host.Surroundings;
import io.k8sincident.workflows.model.Target;
import java.util.function.Consumer;

/** A cluster that a kubeconfig leads to. */
public final class KubernetesCluster implements ClusterConnection {
    private final KubernetesClient client;

    private KubernetesCluster(KubernetesClient client) {
        this.client = client;
    }

    /** Without asking it anything yet. */
    public static KubernetesCluster open(ClusterChoice choice, Surroundings surroundings) {
        return new KubernetesCluster(new KubernetesClientBuilder()
                .withConfig(new Kubeconfig(surroundings).read(choice))
                .build());
    }

    @Override
    public String defaultNamespace() {
        String namespace = client.getConfiguration().getNamespace();
        return namespace == null || namespace.isEmpty() ? "default" : namespace;
    }

    @Override
    public SnapshotSource snapshots() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Target owner(Target object) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ScenarioRun scenarios(Consumer<String> talk) {
        return new ScenarioRun(new ApiCalls(client), talk);
    }

    @Override
    public ClusterCheckup checkup() {
        return new ClusterCheckup(new ApiCalls(client));
    }

    @Override
    public void close() {
        client.close();
    }
}
