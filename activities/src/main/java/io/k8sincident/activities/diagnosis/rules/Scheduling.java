package io.k8sincident.activities.diagnosis.rules;

import io.k8sincident.activities.diagnosis.view.ClusterView;
import io.k8sincident.activities.diagnosis.view.EventView;
import io.k8sincident.activities.diagnosis.view.Fact;
import io.k8sincident.activities.diagnosis.view.PodView;
import io.k8sincident.activities.diagnosis.view.SchedulerReasons;
import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.evidence.Fields;
import io.k8sincident.activities.evidence.Quantity;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What rules about pods without a node share. */
final class Scheduling {
    /** How the scheduler words nodes that take no such pod at all (1.19 to 1.36). */
    private static final List<String> CLOSED = List.of(
            "untolerated taint",
            "that the pod didn't tolerate",
            "were unschedulable",
            "node affinity/selector",
            "didn't match node selector",
            "[NodeAffinity]");

    private static final List<String> MORE_NODES = List.of("didn't have free ports", "anti-affinity", "Too many pods");

    private Scheduling() {}

    static PodView pod(Trouble trouble) {
        PodView pod = trouble.pod();
        if (pod == null) {
            throw new IllegalArgumentException("a trouble without a pod: " + trouble.kind());
        }
        return pod;
    }

    /** What the scheduler said last of this pod: in the condition, else in its newest event. */
    static SchedulerReasons reasons(Trouble trouble) {
        PodView pod = pod(trouble);
        String condition = pod.condition("PodScheduled")
                .filter(c -> c.text("reason").equals("Unschedulable"))
                .map(c -> c.text("message"))
                .orElse("");
        return SchedulerReasons.of(
                condition.isEmpty()
                        ? pod.event("FailedScheduling").map(EventView::message).orElse("")
                        : condition);
    }

    /** Whether no node is refused for a reason but that it is closed: by a taint, a cordon, or the pod's own selector. */
    static boolean onlyClosedNodes(SchedulerReasons reasons) {
        return reasons.uncounted().isEmpty()
                && reasons.counts().keySet().stream()
                        .allMatch(words -> CLOSED.stream().anyMatch(words::contains));
    }

    /** Whether a node more would mend what refuses the others. */
    static boolean anotherNodeHelps(SchedulerReasons reasons) {
        return reasons.uncounted().isEmpty()
                && reasons.counts().keySet().stream()
                        .allMatch(words -> CLOSED.stream().anyMatch(words::contains)
                                || MORE_NODES.stream().anyMatch(words::contains));
    }

    /** A fact about the node that offers most of a resource. */
    static Optional<Fact> largestNode(ClusterView cluster, String resource) {
        return cluster.all("Node").stream()
                .max(Comparator.comparingDouble(
                        node -> Quantity.of(node.fields().text("status", "allocatable", resource))
                                .orElse(0)))
                .map(node -> {
                    Fields allocatable = node.fields().child("status", "allocatable");
                    return Fact.field(
                            node,
                            "status.allocatable." + resource,
                            "node " + node.name() + " has " + allocatable.text(resource) + " " + resource
                                    + " to allocate");
                });
    }
}
