package io.k8sincident.activities.planning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * Whether a controller gives a changed pod template to the pods. That of a StatefulSet does not always ("Update strategies" and
 * "Forced rollback" in the documentation of StatefulSets); such a change would mend nothing, and would be put back.
 */
final class TemplateReach {
    private TemplateReach() {}

    /** Why not, as a question to a person; empty if it does. */
    static Optional<String> obstacle(String path, ObjectNode workload) {
        if (!workload.path("kind").asText().equals("StatefulSet")) {
            return Optional.empty();
        }
        JsonNode spec = workload.path("spec");
        if (spec.path("updateStrategy").path("type").asText().equals("OnDelete")) {
            return Optional.of(path + " has the update strategy OnDelete: its pods get a new template only as somebody"
                    + " deletes them; who changes the template and deletes them?");
        }
        int partition = spec.path("updateStrategy")
                .path("rollingUpdate")
                .path("partition")
                .asInt();
        if (partition > 0) {
            return Optional.of(path + " has a partition of " + partition + ": its pods below that ordinal keep the"
                    + " template of before; may the rollout be completed first?");
        }
        int notReady = StatefulPods.notReady(workload);
        boolean parallel = spec.path("podManagementPolicy").asText().equals("Parallel");
        if (!parallel && notReady > 0) {
            return Optional.of(
                    "the controller of " + path + " replaces no pod before all are ready (OrderedReady), and "
                            + notReady + (notReady == 1 ? " pod is" : " pods are")
                            + " not ready: a new template alone would mend nothing; who changes it with kubectl? A new incident then"
                            + " offers to evict the pod that is in the way");
        }
        return Optional.empty();
    }
}
