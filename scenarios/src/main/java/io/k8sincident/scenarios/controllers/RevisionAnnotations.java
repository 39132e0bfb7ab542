package io.k8sincident.scenarios.controllers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.scenarios.catalog.Catalog;
import io.k8sincident.scenarios.json.Json;
import io.k8sincident.scenarios.json.Meta;
import io.k8sincident.scenarios.store.ObjectKey;
import io.k8sincident.scenarios.store.ObjectStore;
import java.util.Set;

/** The annotations in which a Deployment's controller keeps its bookkeeping. */
final class RevisionAnnotations {
    private static final String HISTORY = "deployment.kubernetes.io/revision-history";
    private static final String DESIRED = "deployment.kubernetes.io/desired-replicas";
    private static final String MAXIMUM = "deployment.kubernetes.io/max-replicas";
    /** As annotationsToSkip of the real controller. */
    private static final Set<String> NOT_COPIED = Set.of(
            "kubectl.kubernetes.io/last-applied-configuration",
            Revisions.REVISION,
            HISTORY,
            DESIRED,
            MAXIMUM,
            "deprecated.deployment.rollback.to");

    private RevisionAnnotations() {}

    /** Copies what people wrote on the Deployment, such as the change's cause. */
    static void copy(ObjectNode deployment, ObjectNode annotations) {
        Json.strings(Json.at(deployment, "metadata", "annotations")).forEach((key, value) -> {
            if (!NOT_COPIED.contains(key)) {
                annotations.put(key, value);
            }
        });
    }

    /** Sets a ReplicaSet's number; an earlier number goes to the history. */
    static void set(ObjectNode annotations, ObjectNode deployment, long number) {
        String before = Json.text(annotations, Revisions.REVISION);
        String now = Long.toString(number);
        if (!before.isEmpty() && !before.equals(now)) {
            String history = Json.text(annotations, HISTORY);
            annotations.put(HISTORY, history.isEmpty() ? before : history + "," + before);
        }
        Rollout rollout = Rollout.of(deployment);
        annotations
                .put(Revisions.REVISION, now)
                .put(DESIRED, Integer.toString(rollout.replicas()))
                .put(MAXIMUM, Integer.toString(rollout.mostPods()));
    }

    /** Writes the current number on the Deployment itself; no change of its generation. */
    static void store(ObjectStore store, ObjectNode deployment, long number) {
        store.write(ObjectKey.of(Catalog.DEPLOYMENTS, deployment), before -> {
            String now = Long.toString(number);
            if (before == null || Meta.annotation(before, Revisions.REVISION).equals(now)) {
                return before;
            }
            ObjectNode after = Meta.shallowCopy(before);
            Json.childObject(Json.childObject(after, "metadata"), "annotations").put(Revisions.REVISION, now);
            return after;
        });
    }
}
