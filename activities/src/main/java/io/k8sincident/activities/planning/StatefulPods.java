package io.k8sincident.activities.planning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** How many pods of a StatefulSet an eviction concerns, from the set's own status. */
final class StatefulPods {
    private StatefulPods() {}

    /** Those that do not have the present template, beside the one that goes: its controller replaces them next. */
    static int outdatedBeside(ObjectNode set) {
        JsonNode status = set.path("status");
        return Math.max(
                0,
                status.path("replicas").asInt() - status.path("updatedReplicas").asInt() - 1);
    }
}
