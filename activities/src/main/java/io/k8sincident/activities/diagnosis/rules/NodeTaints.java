package io.k8sincident.activities.diagnosis.rules;

import io.k8sincident.activities.diagnosis.rules.Cause.Family;
import io.k8sincident.activities.diagnosis.view.Fact;
import io.k8sincident.activities.diagnosis.view.NodeFit;
import io.k8sincident.activities.diagnosis.view.PodView;
import io.k8sincident.activities.diagnosis.view.SchedulerReasons;
import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import io.k8sincident.activities.evidence.Fields;
import io.k8sincident.activities.evidence.Resource;
import io.k8sincident.workflows.model.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What keeps a pod off the only nodes that it could use are taints that the control plane itself sets for a condition of a
 * node: pressure, a network that is not set up, or a kubelet that does not answer. Then the node is at fault, not the
 * pod's tolerations. A node that a taint of another kind closes as well would not take the pod either way.
 */
final class NodeTaints implements Rule {
    private static final Map<String, String> CAUSES = Map.of(
            "node.kubernetes.io/memory-pressure", "node-memory-pressure",
            "node.kubernetes.io/disk-pressure", "node-disk-pressure",
            "node.kubernetes.io/pid-pressure", "node-pid-pressure",
            "node.kubernetes.io/network-unavailable", "node-network-unavailable",
            "node.kubernetes.io/not-ready", "node-not-ready",
            "node.kubernetes.io/unreachable", "node-not-ready");
    private static final Map<String, String> CONDITIONS = Map.of(
            "node-memory-pressure", "MemoryPressure",
            "node-disk-pressure", "DiskPressure",
            "node-pid-pressure", "PIDPressure",
            "node-network-unavailable", "NetworkUnavailable",
            "node-not-ready", "Ready");

    @Override
    public Optional<Finding> examine(WorkloadView workload) {
        List<Trouble> troubles = workload.troubles(Trouble.Kind.NOT_SCHEDULED)
                .filter(trouble -> keptOff(Scheduling.reasons(trouble)))
                .filter(trouble -> Scheduling.onlyClosedNodes(Scheduling.reasons(trouble)))
                .filter(trouble -> !nodes(Scheduling.pod(trouble)).isEmpty())
                .toList();
        return troubles.isEmpty()
                ? Optional.empty()
                : nodes(Scheduling.pod(troubles.get(0))).stream()
                        .map(node -> finding(node, troubles))
                        .flatMap(Optional::stream)
                        .findFirst();
    }

    /** A node that is cordoned as well is counted as such alone, since that is what the scheduler looks at first. */
    private static boolean keptOff(SchedulerReasons reasons) {
        return reasons.count("untolerated taint") > 0
                || reasons.count("that the pod didn't tolerate") > 0
                || reasons.count("were unschedulable") > 0;
    }

    /** The nodes that would take this pod but for their condition. */
    static List<Resource> nodes(PodView pod) {
        return NodeFit.selected(pod).stream()
                .filter(node -> {
                    List<Fields> taints = NodeFit.taints(pod, node);
                    return taints.stream().anyMatch(taint -> CAUSES.containsKey(taint.text("key")))
                            && taints.stream()
                                    .allMatch(taint -> CAUSES.containsKey(taint.text("key"))
                                            || taint.text("key").equals(NodeFit.CORDON));
                })
                .toList();
    }

    private static Optional<Finding> finding(Resource node, List<Trouble> troubles) {
        return node.fields().list("spec", "taints").stream()
                .map(taint -> taint.text("key"))
                .filter(CAUSES::containsKey)
                .sorted()
                .findFirst()
                .flatMap(key -> finding(node, key, CAUSES.getOrDefault(key, ""), troubles));
    }

    private static Optional<Finding> finding(Resource node, String key, String cause, List<Trouble> troubles) {
        Fact taint = Fact.field(node, "spec.taints", "node " + node.name() + " has the taint " + key);
        String condition = CONDITIONS.getOrDefault(cause, "");
        return Finding.of(cause, troubles)
                .culprit(Culprits.condition(node, condition))
                .claim(
                        "the scheduler finds no node for the pod",
                        troubles.get(0).fact())
                .claim("the control plane keeps pods off node " + node.name() + " for its condition", taint)
                .not("untolerated-taint", "the taint stands for a condition of the node, not for a purpose", taint)
                .commonTo(new Target("v1", "Node", null, node.name(), null))
                .found();
    }

    @Override
    public List<Cause> causes() {
        return List.of(
                pressure("node-memory-pressure", "memory"),
                pressure("node-disk-pressure", "disk space or inodes"),
                pressure("node-pid-pressure", "process ids"),
                new Cause(
                        "node-network-unavailable",
                        Family.NODE,
                        "The network of a node is not set up, so it takes no pods.",
                        "the scheduler refuses the pod for a taint, and a node that its selector and affinity allow carries"
                                + " node.kubernetes.io/network-unavailable and no taint of another kind",
                        "a node that is free, or one that lacks CPU or memory, in the same scheduler's message"));
    }

    private static Cause pressure(String id, String what) {
        return new Cause(
                id,
                Family.NODE,
                "A node runs short of " + what + ": it takes no new pods and evicts those that it has.",
                "the kubelet's eviction message names the resource (releases 1.19 to 1.36), or the scheduler refuses the pod"
                        + " for a taint that the control plane set for that condition on a node that the pod may use",
                "a limit of the pod's own in the eviction message; a taint that somebody set for a purpose");
    }
}
