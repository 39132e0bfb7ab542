package io.k8sincident.cli.command;

import io.k8sincident.activities.evidence.Scope;
import io.k8sincident.cli.cluster.ClusterConnection;
import io.k8sincident.cli.output.Problem;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is to be read of a cluster: the object that is named or what owns it, a namespace, or everything. */
final class ScopeOptions {
    @Parameters(arity = "0..2", paramLabel = "TYPE/NAME", description = "One workload; the whole namespace if absent.")
    List<String> words = List.of();

    @Option(
            names = {"-A", "--all-namespaces"},
            description = "The whole cluster.")
    boolean everywhere;

    /**
     * Before anything is asked of a cluster.
     *
     * @throws Problem if one object is to be found in all namespaces
     */
    void check() {
        if (everywhere && !words.isEmpty()) {
            throw Problem.usage("a workload is in one namespace; -A is for all", "give -n in place of -A");
        }
    }

    Scope of(ClusterConnection connection, ClusterOptions cluster) {
        String namespace = cluster.namespace == null ? connection.defaultNamespace() : cluster.namespace;
        if (everywhere) {
            return Scope.everything();
        }
        return words.isEmpty()
                ? Scope.namespace(namespace)
                : Scope.of(connection.owner(TargetArgument.parse(words, namespace)));
    }
}
