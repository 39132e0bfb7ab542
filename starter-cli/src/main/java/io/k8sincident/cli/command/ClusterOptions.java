package io.k8sincident.cli.command;

import io.k8sincident.cli.cluster.ClusterChoice;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which cluster and namespace, as in kubectl. */
final class ClusterOptions {
    @Option(
            names = {"-n", "--namespace"},
            description = "The namespace; that of the context if absent.")
    @Nullable
    String namespace;

    @Option(names = "--context", description = "The context of the kubeconfig.")
    @Nullable
    String context;

    @Option(names = "--kubeconfig", paramLabel = "PATH", description = "The kubeconfig; KUBECONFIG if absent.")
    @Nullable
    String kubeconfig;

    ClusterChoice choice() {
        return new ClusterChoice(kubeconfig, context);
    }
}
