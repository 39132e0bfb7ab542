package io.k8sincident.activities.planning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.workflows.model.BlastRadius;
import java.util.List;

/** How far a change of a workload's pod template reaches: to all of its pods, and to nothing else. */
final class BlastRadiusReader {
    private BlastRadiusReader() {}

    static BlastRadius of(ObjectNode workload) {
        int wanted = workload.path("spec").path("replicas").asInt(1);
        return new BlastRadius(workload.path("status").path("replicas").asInt(wanted), wanted, List.of());
    }
}
