package io.k8sincident.activities.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.kubernetes.ClusterWriter;
import io.k8sincident.workflows.model.Action;
import io.k8sincident.workflows.model.Target;

/** The revisions that a workload can be rolled back to. */
public final class Revisions {
    private Revisions() {}

    /**
     * The template of the revision that a roll-back names by the uid of its ReplicaSet, read now.
     *
     * @throws ChangeRefusedException if it does not exist any more
     */
    public static JsonNode template(Action.RollBack rollBack, ClusterWriter cluster) {
        if (!rollBack.target().kind().equals("Deployment")) {
            throw new ChangeRefusedException(
                    "a " + rollBack.target().kind() + " cannot be rolled back yet, only a Deployment can");
        }
        Target revision = new Target(
                "apps/v1",
                "ReplicaSet",
                rollBack.target().namespace(),
                rollBack.replicaSet(),
                rollBack.replicaSetUid());
        ObjectNode found = cluster.read(revision)
                .filter(read -> read.path("metadata").path("uid").asText().equals(rollBack.replicaSetUid()))
                .orElseThrow(() -> new ChangeRefusedException("revision " + rollBack.revision() + " (ReplicaSet "
                        + rollBack.replicaSet() + ", uid " + rollBack.replicaSetUid() + ") does not exist any more"));
        return PodTemplate.plain(found.path("spec").path("template"));
    }
}
