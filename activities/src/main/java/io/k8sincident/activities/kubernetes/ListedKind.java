package io.k8sincident.activities.kubernetes;

/** The kinds that are listed to see whether a workload recovered, how a namespace is and what its quotas leave. */
public enum ListedKind {
    POD("/api/v1", "pods"),
    SERVICE("/api/v1", "services"),
    EVENT("/api/v1", "events"),
    RESOURCE_QUOTA("/api/v1", "resourcequotas"),
    REPLICA_SET("/apis/apps/v1", "replicasets"),
    ENDPOINT_SLICE("/apis/discovery.k8s.io/v1", "endpointslices"),
    DEPLOYMENT("/apis/apps/v1", "deployments"),
    STATEFUL_SET("/apis/apps/v1", "statefulsets"),
    DAEMON_SET("/apis/apps/v1", "daemonsets");

    private final String prefix;
    private final String plural;

    ListedKind(String prefix, String plural) {
        this.prefix = prefix;
        this.plural = plural;
    }

    String prefix() {
        return prefix;
    }

    String plural() {
        return plural;
    }
}
