package io.k8sincident.activities.diagnosis.rules;

import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import io.k8sincident.workflows.model.Target;
import java.util.List;
import java.util.Optional;

/** Pods are on a node whose Ready condition is False or Unknown: its kubelet does not answer or does not feel well. */
final class NodeNotReady implements Rule {
    @Override
    public Optional<Finding> examine(WorkloadView workload) {
        List<Trouble> troubles = workload.troubles(Trouble.Kind.NODE_LOST).toList();
        if (troubles.isEmpty()) {
            return Optional.empty();
        }
        String node = Scheduling.pod(troubles.get(0)).resource().fields().text("spec", "nodeName");
        return Finding.of("node-not-ready", troubles)
                .culprit(Culprits.object(
                        "Node",
                        node,
                        "status.conditions[Ready]",
                        troubles.get(0).symptom()))
                .claim(
                        "a pod of it is on a node that is not ready",
                        troubles.get(0).fact())
                .commonTo(new Target("v1", "Node", null, node, null))
                .found();
    }

    @Override
    public List<Cause> causes() {
        return List.of(new Cause(
                "node-not-ready",
                Cause.Family.NODE,
                "A node's kubelet does not answer or says that it is not ready; its pods are lost or not served.",
                "a pod of the workload is on a node whose Ready condition is False or Unknown, or the only nodes that would"
                        + " take it have the taint of that",
                "pods that are over; a node that is ready again"));
    }
}
