package io.k8sincident.cli.command;

import io.k8sincident.activities.evidence.Scope;
import io.k8sincident.cli.cluster.ClusterConnection;
import io.k8sincident.cli.output.Problem;
import java.util.List;

/** What is to be read of a cluster: the object that was named or what owns it, a namespace, or everything. */
final class LiveScope {
    private LiveScope() {}

    /**
     * Before anything is asked of a cluster.
     *
     * @throws Problem if one object is to be found in all namespaces
     */
    static void check(List<String> words, boolean everywhere) {
        if (everywhere && !words.isEmpty()) {
            throw Problem.usage("a workload is in one namespace; -A is for all", "give -n in place of -A");
        }
    }

    static Scope of(ClusterConnection connection, ClusterOptions cluster, List<String> words, boolean everywhere) {
        String namespace = cluster.namespace == null ? connection.defaultNamespace() : cluster.namespace;
        if (everywhere) {
            return Scope.everything();
        }
        return words.isEmpty()
                ? Scope.namespace(namespace)
                : Scope.of(connection.owner(TargetArgument.parse(words, namespace)));
    }
}
