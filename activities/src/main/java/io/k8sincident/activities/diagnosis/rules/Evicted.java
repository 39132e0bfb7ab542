package io.k8sincident.activities.diagnosis.rules;

import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import java.util.List;
import java.util.Optional;

/** The kubelet evicted a pod of the workload; its message says over what. */
final class Evicted implements Rule {
    @Override
    public Optional<Finding> examine(WorkloadView workload) {
        List<Trouble> troubles = workload.troubles(Trouble.Kind.EVICTED).toList();
        if (troubles.isEmpty()) {
            return Optional.empty();
        }
        String cause = cause(troubles.get(0).fact().summary());
        String node = Scheduling.pod(troubles.get(0)).resource().fields().text("spec", "nodeName");
        return cause.isEmpty()
                ? Optional.empty()
                : Finding.of(cause, troubles)
                        .culprit(
                                cause.startsWith("node-")
                                        ? Culprits.object("Node", node, "status.conditions", null)
                                        : Culprits.template(workload, "spec.volumes.emptyDir.sizeLimit", null))
                        .claim(
                                "the kubelet evicted a pod and says over what",
                                troubles.get(0).fact())
                        .not(
                                "oom-limit",
                                "the kubelet evicted the pod; the kernel killed nothing",
                                troubles.get(0).fact())
                        .found();
    }

    private static String cause(String message) {
        if (message.contains("low on resource: memory")) {
            return "node-memory-pressure";
        }
        if (message.contains("low on resource: ephemeral-storage") || message.contains("low on resource: inodes")) {
            return "node-disk-pressure";
        }
        boolean ownLimit = (message.contains("EmptyDir volume") && message.contains("exceeds the limit"))
                || message.contains("ephemeral local storage usage exceeds")
                || message.contains("exceeded its local ephemeral storage limit");
        return ownLimit ? "evicted-ephemeral-storage" : "";
    }
}
