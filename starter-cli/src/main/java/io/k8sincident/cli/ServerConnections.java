package io.k8sincident.cli;

import io.k8sincident.cli.cluster.ClusterChoice;
import io.k8sincident.cli.cluster.ClusterConnection;
import io.k8sincident.cli.cluster.KubernetesCluster;
import io.k8sincident.cli.command.Connections;
import io.k8sincident.cli.host.Surroundings;
import io.k8sincident.cli.temporal.TemporalConnection;
import io.k8sincident.cli.temporal.TemporalSettings;

/** Connects to the servers that the surroundings name. */
final class ServerConnections implements Connections {
    private final Surroundings surroundings;

    ServerConnections(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public TemporalConnection temporal() {
        return TemporalConnection.open(TemporalSettings.of(surroundings));
    }

    @Override
    public ClusterConnection cluster(ClusterChoice choice) {
        return KubernetesCluster.open(choice, surroundings);
    }
}
