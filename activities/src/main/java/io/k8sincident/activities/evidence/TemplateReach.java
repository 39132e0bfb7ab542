package io.k8sincident.activities.evidence;

import java.util.Optional;

/**
 * Whether a controller gives a changed pod template to the pods. That of a StatefulSet does not always ("Update strategies" and
 * "Forced rollback" in the documentation of StatefulSets); such a change would mend nothing, and would be put back.
 */
public final class TemplateReach {
    private TemplateReach() {}

    /**
     * Why not, as a question to a person; empty if it does.
     *
     * @param path by which to name the workload
     */
    public static Optional<String> obstacle(String path, Fields workload) {
        if (!workload.text("kind").equals("StatefulSet")) {
            return Optional.empty();
        }
        Fields spec = workload.child("spec");
        if (spec.text("updateStrategy", "type").equals("OnDelete")) {
            return Optional.of(path + " has the update strategy OnDelete: its pods get a new template only as somebody"
                    + " deletes them; who changes the template and deletes them?");
        }
        long partition =
                spec.number("updateStrategy", "rollingUpdate", "partition").orElse(0);
        if (partition > 0) {
            return Optional.of(path + " has a partition of " + partition + ": its pods below that ordinal keep the"
                    + " template of before; may the rollout be completed first?");
        }
        long notReady = OrderedRollout.notReady(workload);
        boolean parallel = spec.text("podManagementPolicy").equals("Parallel");
        return parallel || notReady <= 0 ? Optional.empty() : Optional.of(ordered(path, notReady));
    }

    private static String ordered(String path, long notReady) {
        return "the controller of " + path + " replaces no pod before all are ready (OrderedReady), and " + notReady
                + (notReady == 1 ? " pod is" : " pods are")
                + " not ready: a new template alone would mend nothing; who changes it with kubectl, and deletes the "
                + (notReady == 1 ? "pod that is in the way?" : "pods that are in the way?");
    }
}
