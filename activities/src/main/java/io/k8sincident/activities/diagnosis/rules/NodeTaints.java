package io.k8sincident.activities.diagnosis.rules;

import io.k8sincident.activities.diagnosis.view.Fact;
import io.k8sincident.activities.diagnosis.view.SchedulerReasons;
import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import io.k8sincident.activities.evidence.Resource;
import io.k8sincident.workflows.model.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The taint that keeps a pod off a node is one that the control plane itself sets for a condition of the node: memory or
 * disk pressure, or a kubelet that does not answer. Then the node is at fault, not the pod's tolerations.
 */
final class NodeTaints implements Rule {
    private static final Map<String, String> CAUSES = Map.of(
            "node.kubernetes.io/memory-pressure", "node-memory-pressure",
            "node.kubernetes.io/disk-pressure", "node-disk-pressure",
            "node.kubernetes.io/not-ready", "node-not-ready",
            "node.kubernetes.io/unreachable", "node-not-ready");

    @Override
    public Optional<Finding> examine(WorkloadView workload) {
        List<Trouble> troubles = workload.troubles(Trouble.Kind.NOT_SCHEDULED)
                .filter(trouble -> keptOffByTaint(Scheduling.reasons(trouble)))
                .toList();
        return troubles.isEmpty()
                ? Optional.empty()
                : workload.cluster().all("Node").stream()
                        .map(node -> finding(node, troubles))
                        .flatMap(Optional::stream)
                        .findFirst();
    }

    static boolean keptOffByTaint(SchedulerReasons reasons) {
        return reasons.count("untolerated taint") > 0 || reasons.count("that the pod didn't tolerate") > 0;
    }

    /** The taint of the control plane that this node carries; empty if none. */
    static Optional<String> condition(Resource node) {
        return node.fields().list("spec", "taints").stream()
                .map(taint -> taint.text("key"))
                .filter(CAUSES::containsKey)
                .sorted()
                .findFirst();
    }

    private static Optional<Finding> finding(Resource node, List<Trouble> troubles) {
        return condition(node).flatMap(key -> {
            Fact taint = Fact.field(node, "spec.taints", "node " + node.name() + " has the taint " + key);
            return Finding.of(CAUSES.getOrDefault(key, ""), troubles)
                    .culprit(Culprits.object("Node", node.name(), "status.conditions", key))
                    .claim(
                            "the scheduler finds no node for the pod",
                            troubles.get(0).fact())
                    .claim("the control plane keeps pods off node " + node.name() + " for its condition", taint)
                    .not("untolerated-taint", "the taint stands for a condition of the node, not for a purpose", taint)
                    .commonTo(new Target("v1", "Node", null, node.name(), null))
                    .found();
        });
    }
}
