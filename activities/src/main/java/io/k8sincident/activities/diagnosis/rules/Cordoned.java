package io.k8sincident.activities.diagnosis.rules;

import io.k8sincident.activities.diagnosis.rules.Cause.Family;
import io.k8sincident.activities.diagnosis.view.Fact;
import io.k8sincident.activities.diagnosis.view.NodeFit;
import io.k8sincident.activities.diagnosis.view.PodView;
import io.k8sincident.activities.diagnosis.view.SchedulerReasons;
import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import io.k8sincident.activities.evidence.Resource;
import io.k8sincident.workflows.model.Target;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A node that would take the pod is cordoned, and no other takes it. */
final class Cordoned implements Rule {
    private static final String WORDS = "were unschedulable";

    @Override
    public Optional<Finding> examine(WorkloadView workload) {
        List<Trouble> troubles = workload.troubles(Trouble.Kind.NOT_SCHEDULED)
                .filter(trouble -> applies(workload, trouble))
                .toList();
        if (troubles.isEmpty()) {
            return Optional.empty();
        }
        Trouble trouble = troubles.get(0);
        List<Resource> nodes = nodes(Scheduling.pod(trouble));
        Finding.Draft draft =
                Finding.of("nodes-cordoned", troubles).claim("the scheduler finds no node for the pod", trouble.fact());
        if (nodes.isEmpty()) {
            return draft.likely().found();
        }
        nodes.forEach(node -> draft.claim(
                "node " + node.name() + " is cordoned",
                Fact.field(node, "spec.unschedulable", "node " + node.name() + " is cordoned")));
        String names = nodes.stream().map(Resource::name).collect(Collectors.joining(","));
        return draft.culprit(Culprits.object("Node", names, "spec.unschedulable", "true"))
                .not("insufficient-cpu", "no node was refused for want of CPU", trouble.fact())
                .not("insufficient-memory", "no node was refused for want of memory", trouble.fact())
                .commonTo(new Target("v1", "Node", null, nodes.get(0).name(), null))
                .found();
    }

    /** Whether the scheduler counts a cordoned node, none that lacks resources, and the pod may use a cordoned one. */
    static boolean applies(WorkloadView workload, Trouble trouble) {
        SchedulerReasons reasons = Scheduling.reasons(trouble);
        return reasons.count(WORDS) > 0
                && Scheduling.anotherNodeHelps(reasons)
                && (workload.cluster().all("Node").isEmpty()
                        || !nodes(Scheduling.pod(trouble)).isEmpty());
    }

    /** The cordoned nodes that the pod may use, but for that. */
    private static List<Resource> nodes(PodView pod) {
        return NodeFit.selected(pod).stream()
                .filter(node -> node.fields().flag("spec", "unschedulable"))
                .filter(node -> NodeFit.taints(pod, node).stream()
                        .allMatch(taint -> taint.text("key").equals(NodeFit.CORDON)))
                .toList();
    }

    @Override
    public List<Cause> causes() {
        return List.of(new Cause(
                "nodes-cordoned",
                Family.SCHEDULING,
                "A node that could take the pod is cordoned, and no other node takes it.",
                "the scheduler counts nodes that \"were unschedulable\" (kube-scheduler 1.19 to 1.36), and a node with"
                        + " spec.unschedulable fits the pod's selector, affinity and tolerations",
                "nodes that lack CPU or memory; a cordoned node that the pod could not use anyway"));
    }
}
