package io.k8sincident.cli;

import io.k8sincident.cli.cluster.ClusterChoice;
import io.k8sincident.cli.cluster.ClusterConnection;
import io.k8sincident.cli.command.Connections;
import io.k8sincident.cli.output.Problem;
import io.k8sincident.cli.temporal.TemporalConnection;

/** Neither Temporal nor a cluster. */
public final class NoServers implements Connections {
    @Override
    public TemporalConnection temporal() {
        throw Problem.error("Temporal does not answer", "incident up");
    }

    @Override
    public ClusterConnection cluster(ClusterChoice choice) {
        throw Problem.error("there is no kubeconfig", "incident up");
    }
}
