package io.k8sincident.activities.planning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.workflows.model.Action;
import io.k8sincident.workflows.model.BlastRadius;
import io.k8sincident.workflows.model.PlannedAction;
import java.util.List;

/**
 * How far a plan reaches: a change of a workload's pod template to all of its pods, an eviction to one and to those that its
 * controller replaces once that one is ready, and neither to anything else.
 */
final class BlastRadiusReader {
    private BlastRadiusReader() {}

    static BlastRadius of(ObjectNode workload, List<PlannedAction> actions) {
        int wanted = workload.path("spec").path("replicas").asInt(1);
        if (actions.stream().allMatch(planned -> planned.action() instanceof Action.EvictPod)) {
            return new BlastRadius(1 + StatefulPods.outdatedBeside(workload), wanted, List.of());
        }
        return new BlastRadius(workload.path("status").path("replicas").asInt(wanted), wanted, List.of());
    }
}
