package io.k8sincident.cli.command;

import io.k8sincident.cli.host.LocalStack;
import io.k8sincident.cli.host.LocalStackFile;
import io.k8sincident.cli.host.Surroundings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the cluster is called in ids and approvals: configured, never taken from a context. */
final class ClusterNameOption {
    private static final String VARIABLE = "INCIDENT_CLUSTER";
    private static final String DEFAULT = "local";

    @Option(
            names = "--cluster",
            paramLabel = "NAME",
            description = "The cluster's name in ids and approvals; " + VARIABLE + " if absent.")
    @Nullable
    String name;

    String of(Surroundings surroundings) {
        if (name != null) {
            return name;
        }
        if (!surroundings.variable(VARIABLE).isEmpty()) {
            return surroundings.variable(VARIABLE);
        }
        return new LocalStackFile(surroundings)
                .running()
                .map(LocalStack::cluster)
                .orElse(DEFAULT);
    }
}
