package io.k8sincident.activities.diagnosis.rules;

import com.google.re2j.Pattern;
import io.k8sincident.activities.diagnosis.rules.Cause.Family;
import io.k8sincident.activities.diagnosis.view.ClusterView;
import io.k8sincident.activities.diagnosis.view.Fact;
import io.k8sincident.activities.diagnosis.view.NetworkPolicies;
import io.k8sincident.activities.diagnosis.view.Services;
import io.k8sincident.activities.evidence.Resource;
import java.util.Optional;

/** A client's connections to a Service with ready pods time out, and a NetworkPolicy lets it not through. */
final class PolicyBlocks {
    static final Cause CAUSE = new Cause(
            "network-policy-blocks",
            Family.NETWORK,
            "A NetworkPolicy lets a client not through to a Service that is well.",
            "a container ended since its connection to a Service timed out, a pod of that Service is ready, and of the"
                    + " policies that select the server (or the client, for egress) none allows the other",
            "a connection that was refused; a Service without a ready pod; a policy with an address block or a namespace"
                    + " selector that may allow it");

    private static final Pattern TIMED_OUT = Pattern.compile("(?i)i/o timeout|timed? ?out|ETIMEDOUT|deadline exceeded");

    private PolicyBlocks() {}

    static Optional<Finding.Draft> of(Complaint complaint, Resource service) {
        ClusterView cluster = complaint.workload().cluster();
        Resource client = complaint.container().pod().resource();
        Optional<Resource> server = cluster.all("Pod").stream()
                .filter(pod -> pod.namespace().equals(service.namespace()))
                .filter(pod -> Services.selects(service, pod.fields().child("metadata", "labels")))
                .filter(PolicyBlocks::ready)
                .findFirst();
        return complaint
                .said(TIMED_OUT)
                .flatMap(said -> server)
                .flatMap(pod -> NetworkPolicies.blocking(cluster, client, pod))
                .map(policy -> Finding.of(CAUSE.id(), ComplaintRule.ends(complaint))
                        .culprit(Culprits.object("NetworkPolicy", policy.name(), "spec", null))
                        .claim("its connections to Service " + service.name() + " time out", complaint.fact())
                        .claim(
                                "that Service has a ready pod",
                                Fact.field(server.orElseThrow(), "status.conditions", "pod is ready"))
                        .claim(
                                "policy " + policy.name() + " selects one side, and no policy allows the other",
                                Fact.field(
                                        policy,
                                        "spec",
                                        "spec " + policy.fields().child("spec"))));
    }

    private static boolean ready(Resource pod) {
        return pod.fields().list("status", "conditions").stream()
                .anyMatch(condition -> condition.text("type").equals("Ready")
                        && condition.text("status").equals("True"));
    }
}
