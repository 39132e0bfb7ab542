package io.k8sincident.activities.diagnosis.rules;

import io.k8sincident.activities.diagnosis.view.ClusterView;
import io.k8sincident.activities.diagnosis.view.Fact;
import io.k8sincident.activities.diagnosis.view.PodView;
import io.k8sincident.activities.diagnosis.view.SchedulerReasons;
import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import io.k8sincident.activities.evidence.Resource;
import io.k8sincident.workflows.model.Culprit;
import io.k8sincident.workflows.model.Target;
import java.util.List;
import java.util.Optional;

/**
 * No node takes the pod for another reason than CPU and memory. The scheduler counts its reasons by node; the one that
 * matters is that of the nodes which the pod's own selector and affinity leave: a node that these refuse is refused on
 * purpose, unless they refuse all.
 */
final class Placement implements Rule {
    /** What the scheduler calls a reason, and the cause behind it; the selector comes last, see above. */
    private enum Reason {
        CORDONED("were unschedulable", "nodes-cordoned", "spec.unschedulable"),
        TAINT("had untolerated taint", "untolerated-taint", "spec.tolerations"),
        OLD_TAINT("that the pod didn't tolerate", "untolerated-taint", "spec.tolerations"),
        PORTS("didn't have free ports", "host-port-conflict", "spec.containers.ports.hostPort"),
        PODS("Too many pods", "too-many-pods", "status.allocatable.pods"),
        VOLUME_NODE("volume node affinity conflict", "volume-node-affinity-conflict", "spec.volumes"),
        SPREAD("topology spread constraints", "topology-spread", "spec.topologySpreadConstraints"),
        ANTI_AFFINITY("pod anti-affinity rules", "pod-anti-affinity", "spec.affinity.podAntiAffinity"),
        ANTI_AFFINITY_OF_OTHERS("existing pods anti-affinity", "pod-anti-affinity", "spec.affinity.podAntiAffinity"),
        SELECTOR("node affinity/selector", "node-selector-mismatch", "spec.nodeSelector"),
        OLD_SELECTOR("didn't match node selector", "node-selector-mismatch", "spec.nodeSelector");

        private final String words;
        private final String cause;
        private final String field;

        Reason(String words, String cause, String field) {
            this.words = words;
            this.cause = cause;
            this.field = field;
        }

        boolean selects() {
            return this == SELECTOR || this == OLD_SELECTOR;
        }
    }

    @Override
    public Optional<Finding> examine(WorkloadView workload) {
        return workload.troubles(Trouble.Kind.NOT_SCHEDULED)
                .map(trouble -> examine(workload, trouble))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Finding> examine(WorkloadView workload, Trouble trouble) {
        SchedulerReasons reasons = Scheduling.reasons(trouble);
        boolean byCondition = NodeTaints.keptOffByTaint(reasons)
                && workload.cluster().all("Node").stream()
                        .anyMatch(node -> NodeTaints.condition(node).isPresent());
        if (reasons.count("Insufficient ") > 0 || byCondition) {
            return Optional.empty();
        }
        if (NodeTaints.keptOffByTaint(reasons) && !workload.cluster().snapshot().complete("Node")) {
            return Optional.empty();
        }
        for (Reason reason : Reason.values()) {
            boolean refusesAll = reason.selects() && reasons.counts().size() > 1;
            if (reasons.count(reason.words) > 0 && !refusesAll) {
                return finding(workload, trouble, reason);
            }
        }
        return Optional.empty();
    }

    private static Optional<Finding> finding(WorkloadView workload, Trouble trouble, Reason reason) {
        PodView pod = Scheduling.pod(trouble);
        boolean bySelector = reason.selects()
                && pod.resource().fields().names("spec", "nodeSelector").isEmpty();
        String cause = bySelector ? "node-affinity-mismatch" : reason.cause;
        String field = bySelector ? "spec.affinity.nodeAffinity" : reason.field;
        List<Trouble> same = workload.troubles(Trouble.Kind.NOT_SCHEDULED)
                .filter(other -> Scheduling.reasons(other).count(reason.words) > 0)
                .toList();
        Finding.Draft draft = Finding.of(cause, same).claim("the scheduler finds no node for the pod", trouble.fact());
        if (reason == Reason.CORDONED) {
            cordoned(workload.cluster(), draft);
        } else {
            String path = field.startsWith("status") ? "spec.nodeName" : field;
            draft.culprit(new Culprit(workload.kind(), workload.resource().name(), null, field, value(pod, field)))
                    .claim("the pod asks for this", Fact.field(pod.resource(), path, path + " is " + value(pod, path)));
        }
        return draft.not("insufficient-cpu", "no node was refused for want of CPU", trouble.fact())
                .not("insufficient-memory", "no node was refused for want of memory", trouble.fact())
                .found();
    }

    private static String value(PodView pod, String field) {
        return pod.resource().fields().child(field.split("\\.")).toString();
    }

    private static void cordoned(ClusterView cluster, Finding.Draft draft) {
        List<Resource> nodes = cluster.all("Node").stream()
                .filter(node -> node.fields().flag("spec", "unschedulable"))
                .toList();
        nodes.forEach(node -> draft.claim(
                "node " + node.name() + " is cordoned",
                Fact.field(node, "spec.unschedulable", "node " + node.name() + " is cordoned")));
        if (nodes.isEmpty()) {
            draft.likely();
        } else {
            Resource node = nodes.get(0);
            draft.culprit(Culprits.object("Node", node.name(), "spec.unschedulable", "true"))
                    .commonTo(new Target("v1", "Node", null, node.name(), null));
        }
    }
}
