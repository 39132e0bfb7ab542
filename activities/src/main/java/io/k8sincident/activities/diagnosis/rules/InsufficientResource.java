package io.k8sincident.activities.diagnosis.rules;

import io.k8sincident.activities.diagnosis.rules.Cause.Family;
import io.k8sincident.activities.diagnosis.view.ContainerView;
import io.k8sincident.activities.diagnosis.view.Fact;
import io.k8sincident.activities.diagnosis.view.PodView;
import io.k8sincident.activities.diagnosis.view.SchedulerReasons;
import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import io.k8sincident.activities.evidence.Quantity;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * No node has enough of a resource left for what the pod requests. Proof is the scheduler's count of nodes with
 * {@code Insufficient cpu} or the like: such a node passed all checks before that of resources (taints, affinity, ports), so
 * it is the one that could take the pod. Of several resources the one that most nodes lack is meant; with equal counts one
 * that even the largest node has not, else the first named.
 */
final class InsufficientResource implements Rule {
    private static final String WORDS = "Insufficient ";
    private static final Map<String, String> CAUSES = Map.of(
            "cpu", "insufficient-cpu",
            "memory", "insufficient-memory",
            "ephemeral-storage", "insufficient-ephemeral-storage");

    @Override
    public Optional<Finding> examine(WorkloadView workload) {
        List<Trouble> troubles = workload.troubles(Trouble.Kind.NOT_SCHEDULED)
                .filter(trouble -> Scheduling.reasons(trouble).count(WORDS) > 0)
                .toList();
        if (troubles.isEmpty() || Preempted.event(workload).isPresent()) {
            return Optional.empty();
        }
        String resource = lacking(troubles.get(0));
        List<Trouble> same = troubles.stream()
                .filter(trouble -> Scheduling.reasons(trouble).count(WORDS + resource) > 0)
                .toList();
        return finding(workload, resource, same);
    }

    private static String lacking(Trouble trouble) {
        SchedulerReasons reasons = Scheduling.reasons(trouble);
        PodView pod = Scheduling.pod(trouble);
        return reasons.counts().keySet().stream()
                .filter(words -> words.startsWith(WORDS))
                .max(Comparator.comparingInt((String words) -> reasons.count(words))
                        .thenComparing(words -> onNoNode(pod, words.substring(WORDS.length())))
                        .thenComparing(Comparator.<String>naturalOrder().reversed()))
                .map(words -> words.substring(WORDS.length()))
                .orElse("");
    }

    private static boolean onNoNode(PodView pod, String resource) {
        double request = largest(pod, resource)
                .map(container -> request(container, resource))
                .orElse(0.0);
        return pod.cluster().all("Node").stream()
                .map(node -> node.fields().text("status", "allocatable", resource))
                .allMatch(allocatable -> Quantity.of(allocatable).orElse(0) < request);
    }

    private static Optional<Finding> finding(WorkloadView workload, String resource, List<Trouble> troubles) {
        Fact said = troubles.get(0).fact();
        PodView pod = Scheduling.pod(troubles.get(0));
        boolean ofDaemon = workload.kind().equals("DaemonSet")
                && workload.pods().stream()
                        .anyMatch(other -> !other.resource()
                                .fields()
                                .text("spec", "nodeName")
                                .isEmpty());
        String cause = ofDaemon
                ? "daemonset-unschedulable-node"
                : CAUSES.getOrDefault(resource, "insufficient-extended-resource");
        String field = "resources.requests." + resource;
        Finding.Draft draft = Finding.of(cause, troubles)
                .claim(
                        ofDaemon
                                ? "a node has not enough " + resource + " left for the pod of the DaemonSet"
                                : "no node has enough " + resource + " for the pod",
                        said);
        largest(pod, resource).ifPresent(container -> {
            String request = container.spec().text("resources", "requests", resource);
            draft.culprit(Culprits.field(workload, container, field, request))
                    .claim("it requests " + request, container.specFact(field, "requests " + request + " " + resource));
        });
        Scheduling.largestNode(workload.cluster(), resource)
                .ifPresent(node -> draft.claim("the largest node has less to give or has given it away", node));
        return draft.not("image-not-found", "the pod is on no node yet", said)
                .not(
                        "node-selector-mismatch",
                        "the nodes counted passed the check of selector and affinity, which comes before resources",
                        said)
                .found();
    }

    private static Optional<ContainerView> largest(PodView pod, String resource) {
        return pod.containers().stream()
                .filter(container -> container.spec().has("resources", "requests", resource))
                .max(Comparator.comparingDouble(container -> request(container, resource)));
    }

    private static double request(ContainerView container, String resource) {
        return Quantity.of(container.spec().text("resources", "requests", resource))
                .orElse(0);
    }

    @Override
    public List<Cause> causes() {
        return List.of(
                cause("insufficient-cpu", "No node has enough CPU left for what the pod requests."),
                cause("insufficient-memory", "No node has enough memory left for what the pod requests."),
                cause(
                        "insufficient-ephemeral-storage",
                        "No node has enough local disk left for what the pod requests."),
                cause(
                        "insufficient-extended-resource",
                        "No node has enough left of a device or other extended resource that the pod requests."),
                cause(
                        "daemonset-unschedulable-node",
                        "A node has not enough left for its pod of a DaemonSet, which runs on other nodes."));
    }

    private static Cause cause(String id, String meaning) {
        return new Cause(
                id,
                id.startsWith("daemonset") ? Family.ROLLOUT : Family.SCHEDULING,
                meaning,
                "the PodScheduled condition or FailedScheduling event counts nodes with \"Insufficient …\" (kube-scheduler"
                        + " 1.19 to 1.36), and a container requests it",
                "pods of the same workload that were preempted (priority-preempted); no node with that count");
    }
}
