package io.k8sincident.activities.execution;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.evidence.ClusterException;
import io.k8sincident.activities.kubernetes.ClusterWriter;
import io.k8sincident.workflows.model.Execution.Status;
import io.k8sincident.workflows.model.Target;

/** Objects as they are just before a write. */
final class Live {
    private Live() {}

    /** @throws HaltedException if there is none, or if it cannot be read: nothing is sent then */
    static ObjectNode read(ClusterWriter cluster, Target target) {
        try {
            return cluster.read(target).orElseThrow(() -> gone(target));
        } catch (ClusterException e) {
            throw new HaltedException(
                    Status.NOT_APPLIED, target.path() + " could not be read before the write: " + e.getMessage());
        }
    }

    static HaltedException gone(Target target) {
        return new HaltedException(Status.STALE, target.path() + " does not exist any more");
    }

    static String uid(ObjectNode object) {
        return object.path("metadata").path("uid").asText();
    }

    static long generation(ObjectNode object) {
        return object.path("metadata").path("generation").asLong();
    }

    static String version(ObjectNode object) {
        return object.path("metadata").path("resourceVersion").asText();
    }
}
