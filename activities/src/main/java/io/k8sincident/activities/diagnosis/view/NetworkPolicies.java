package io.k8sincident.activities.diagnosis.view;

import io.k8sincident.activities.evidence.Fields;
import io.k8sincident.activities.evidence.Resource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which policy keeps one pod from another of its namespace (networking.k8s.io/v1); ports are not looked at. */
public final class NetworkPolicies {
    private NetworkPolicies() {}

    /** A policy that isolates the server or the client, if no policy of that direction lets them talk. */
    public static Optional<Resource> blocking(ClusterView cluster, Resource client, Resource server) {
        return blocking(cluster, server, client, "Ingress", "from")
                .or(() -> blocking(cluster, client, server, "Egress", "to"));
    }

    private static Optional<Resource> blocking(
            ClusterView cluster, Resource isolated, Resource peer, String direction, String peers) {
        List<Resource> policies = cluster.all("NetworkPolicy").stream()
                .filter(policy -> policy.namespace().equals(isolated.namespace()))
                .filter(policy -> direction(policy, direction))
                .filter(policy -> Selectors.matches(policy.fields().child("spec", "podSelector"), labels(isolated)))
                .toList();
        boolean allowed = policies.stream()
                .flatMap(policy -> policy.fields().list("spec", direction.toLowerCase(java.util.Locale.ROOT)).stream())
                .anyMatch(rule ->
                        rule.list(peers).isEmpty() || rule.list(peers).stream().anyMatch(one -> mayBe(one, peer)));
        return allowed ? Optional.empty() : policies.stream().findFirst();
    }

    private static boolean direction(Resource policy, String direction) {
        List<String> types = policy.fields().texts("spec", "policyTypes");
        return types.isEmpty()
                ? direction.equals("Ingress") || policy.fields().has("spec", "egress")
                : types.contains(direction);
    }

    /** Whether this peer may be the pod: an address block or another namespace's selector is not judged. */
    private static boolean mayBe(Fields peer, Resource pod) {
        return Stream.of("ipBlock", "namespaceSelector").anyMatch(peer::has)
                || Selectors.matches(peer.child("podSelector"), labels(pod));
    }

    private static Fields labels(Resource pod) {
        return pod.fields().child("metadata", "labels");
    }
}
