package io.k8sincident.cli.command;

import io.k8sincident.cli.cluster.ClusterChoice;
import io.k8sincident.cli.cluster.ClusterConnection;
import io.k8sincident.cli.temporal.TemporalConnection;

/** Where the commands get their servers from; nothing connects before a command asks. */
public interface Connections {
    /**
     * Temporal.
     *
     * @throws io.k8sincident.cli.output.Problem if it does not answer
     */
    TemporalConnection temporal();

    /**
     * A cluster.
     *
     * @throws io.k8sincident.cli.output.Problem if the kubeconfig cannot be read
     */
    ClusterConnection cluster(ClusterChoice choice);
}
