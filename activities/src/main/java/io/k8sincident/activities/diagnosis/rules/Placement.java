package io.k8sincident.activities.diagnosis.rules;

import io.k8sincident.activities.diagnosis.rules.Cause.Family;
import io.k8sincident.activities.diagnosis.view.Fact;
import io.k8sincident.activities.diagnosis.view.NodeFit;
import io.k8sincident.activities.diagnosis.view.PodView;
import io.k8sincident.activities.diagnosis.view.SchedulerReasons;
import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import io.k8sincident.activities.evidence.Resource;
import io.k8sincident.workflows.model.Culprit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * No node takes the pod for another reason than its resources, and the reason lies in the pod's own template. The scheduler
 * counts its reasons by node; the one that matters is that of the nodes which the pod's own selector and affinity leave: a
 * node that these refuse is refused on purpose, unless they refuse all.
 */
final class Placement implements Rule {
    /** What the scheduler calls a reason, and the cause behind it; those of nodes that are free come first. */
    private enum Reason {
        VOLUME_NODE("volume node affinity conflict", "volume-node-affinity-conflict"),
        VOLUME_NODE_NEW("match PersistentVolume's node affinity", "volume-node-affinity-conflict"),
        PORTS("didn't have free ports", "host-port-conflict"),
        PODS("Too many pods", "too-many-pods"),
        ONE_POD("ReadWriteOncePod", "volume-single-pod"),
        SPREAD("topology spread constraints", "topology-spread"),
        ANTI_AFFINITY("pod anti-affinity rules", "pod-anti-affinity"),
        ANTI_AFFINITY_OF_OTHERS("existing pods anti-affinity", "pod-anti-affinity"),
        POD_AFFINITY("match pod affinity rules", "pod-affinity-mismatch"),
        TAINT("untolerated taint", "untolerated-taint"),
        OLD_TAINT("that the pod didn't tolerate", "untolerated-taint"),
        SELECTOR("node affinity/selector", "node-selector-mismatch"),
        OLD_SELECTOR("didn't match node selector", "node-selector-mismatch");

        private final String words;
        private final String cause;

        Reason(String words, String cause) {
            this.words = words;
            this.cause = cause;
        }

        boolean selects() {
            return this == SELECTOR || this == OLD_SELECTOR;
        }

        boolean taint() {
            return this == TAINT || this == OLD_TAINT;
        }

        boolean volume() {
            return this == VOLUME_NODE || this == VOLUME_NODE_NEW;
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
        if (reasons.count("Insufficient ") > 0 || Cordoned.applies(workload, trouble)) {
            return Optional.empty();
        }
        for (Reason reason : Reason.values()) {
            if (reasons.count(reason.words) > 0 && decides(workload, Scheduling.pod(trouble), reason, reasons)) {
                return finding(workload, trouble, reason);
            }
        }
        return Optional.empty();
    }

    /** Whether this reason is that of the nodes which the pod could use, as far as the nodes could be read. */
    private static boolean decides(WorkloadView workload, PodView pod, Reason reason, SchedulerReasons reasons) {
        boolean nodes = !workload.cluster().all("Node").isEmpty();
        List<Resource> selected = NodeFit.selected(pod);
        if (reason.selects()) {
            return nodes ? selected.isEmpty() : reasons.counts().size() == 1;
        }
        if (nodes && selected.isEmpty()) {
            return false;
        }
        if (reason.taint()) {
            return nodes
                    && !workload.kind().equals("DaemonSet")
                    && (NodeTaints.nodes(pod).isEmpty() || !Scheduling.onlyClosedNodes(reasons))
                    && selected.stream()
                            .anyMatch(node -> !NodeFit.taints(pod, node).isEmpty());
        }
        return !reason.volume()
                || selected.stream()
                        .filter(node -> NodeFit.taints(pod, node).isEmpty())
                        .noneMatch(node -> NodeFit.byVolumes(pod, node))
                || reasons.counts().keySet().stream().allMatch(Placement::closedOrVolume);
    }

    private static boolean closedOrVolume(String words) {
        return words.contains(Reason.VOLUME_NODE.words)
                || words.contains(Reason.VOLUME_NODE_NEW.words)
                || words.contains(Reason.TAINT.words)
                || words.contains(Reason.OLD_TAINT.words)
                || words.contains(Reason.SELECTOR.words)
                || words.contains(Reason.OLD_SELECTOR.words)
                || words.contains("were unschedulable");
    }

    private static Optional<Finding> finding(WorkloadView workload, Trouble trouble, Reason reason) {
        PodView pod = Scheduling.pod(trouble);
        String cause = reason.selects() ? selectorOrAffinity(pod) : reason.cause;
        List<Trouble> same = workload.troubles(Trouble.Kind.NOT_SCHEDULED)
                .filter(other -> Scheduling.reasons(other).count(reason.words) > 0)
                .toList();
        Culprit culprit = PlacementCulprit.of(workload, pod, cause);
        Finding.Draft draft = Finding.of(cause, same)
                .culprit(culprit)
                .claim("the scheduler finds no node for the pod", trouble.fact())
                .claim(
                        "the pod asks for this",
                        Fact.field(pod.resource(), "spec", culprit.field() + " is " + culprit.value()));
        return draft.not("insufficient-cpu", "no node was refused for want of CPU", trouble.fact())
                .not("insufficient-memory", "no node was refused for want of memory", trouble.fact())
                .found();
    }

    /** The scheduler words both alike. The selector is at fault if no node has its labels, or if there is no affinity. */
    private static String selectorOrAffinity(PodView pod) {
        boolean selector =
                !pod.resource().fields().names("spec", "nodeSelector").isEmpty();
        boolean affinity = pod.resource().fields().has("spec", "affinity", "nodeAffinity");
        boolean someNodeHasTheLabels =
                pod.cluster().all("Node").stream().anyMatch(node -> NodeFit.bySelector(pod, node));
        return selector && !(affinity && someNodeHasTheLabels) ? "node-selector-mismatch" : "node-affinity-mismatch";
    }

    @Override
    public List<Cause> causes() {
        List<Cause> causes = new ArrayList<>();
        causes.add(cause("host-port-conflict", "A port of the node that the pod wants is taken on every node."));
        causes.add(cause("too-many-pods", "The nodes have as many pods as their kubelets take."));
        causes.add(cause("volume-node-affinity-conflict", "The pod may not run where its volume is."));
        causes.add(cause("volume-single-pod", "A claim with ReadWriteOncePod is in use by another pod."));
        causes.add(cause("topology-spread", "The spread that the pod asks for cannot be kept with one more pod."));
        causes.add(cause("pod-anti-affinity", "Every node has a pod that this one must not be with."));
        causes.add(cause("pod-affinity-mismatch", "No node has a pod that this one must be with."));
        causes.add(cause("untolerated-taint", "The pod lacks the toleration for the taint of the nodes it may use."));
        causes.add(cause("node-selector-mismatch", "No node has the labels that the pod's nodeSelector wants."));
        causes.add(cause("node-affinity-mismatch", "No node fits the pod's required node affinity."));
        return causes;
    }

    private static Cause cause(String id, String meaning) {
        return new Cause(
                id,
                id.startsWith("volume") ? Family.STORAGE : Family.SCHEDULING,
                meaning,
                "the PodScheduled condition or FailedScheduling event counts nodes with this reason (kube-scheduler 1.19 to"
                        + " 1.36), and the pod's template asks for it",
                "nodes that lack CPU or memory; nodes that are cordoned or not well and would else take the pod");
    }
}
