package io.k8sincident.activities.kubernetes;

import io.k8sincident.activities.evidence.Fields;
import io.k8sincident.activities.evidence.Resource;
import io.k8sincident.activities.policy.ScopeHealth;
import java.util.List;

/** The health of a namespace as its Deployments, StatefulSets and DaemonSets tell it; asks the API server thrice. */
public final class NamespaceHealth implements ScopeHealth {
    private final ObjectReader reader;

    /** Reads as this reader's identity, which must be allowed to list the three kinds. */
    public NamespaceHealth(ObjectReader reader) {
        this.reader = reader;
    }

    @Override
    public Health of(String namespace) {
        int workloads = 0;
        int unhealthy = 0;
        for (ListedKind kind : List.of(ListedKind.DEPLOYMENT, ListedKind.STATEFUL_SET, ListedKind.DAEMON_SET)) {
            for (Resource workload : reader.list(kind, namespace, "")) {
                workloads++;
                unhealthy += lacksPods(kind, workload.fields()) ? 1 : 0;
            }
        }
        return new Health(workloads, unhealthy);
    }

    private static boolean lacksPods(ListedKind kind, Fields workload) {
        return kind == ListedKind.DAEMON_SET
                ? workload.number("status", "numberReady").orElse(0)
                        < workload.number("status", "desiredNumberScheduled").orElse(0)
                : workload.number("status", "readyReplicas").orElse(0)
                        < workload.number("spec", "replicas").orElse(1);
    }
}
