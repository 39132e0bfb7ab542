package io.k8sincident.scenarios.controllers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.scenarios.admission.Lifecycle;
import io.k8sincident.scenarios.admission.Lifecycle.Writer;
import io.k8sincident.scenarios.catalog.Catalog;
import io.k8sincident.scenarios.json.Json;
import io.k8sincident.scenarios.json.Meta;
import io.k8sincident.scenarios.store.ObjectKey;
import io.k8sincident.scenarios.store.ObjectStore;
import java.util.List;

/** Scales a Deployment's ReplicaSets, and says so in events. */
final class ReplicaSetScaler {
    private static final Writer WRITER = new Writer("kube-controller-manager", "Update", "");

    private final ObjectStore store;
    private final Lifecycle lifecycle;
    private final EventRecorder events;

    ReplicaSetScaler(ObjectStore store, Lifecycle lifecycle, EventRecorder events) {
        this.store = store;
        this.lifecycle = lifecycle;
        this.events = events;
    }

    static int replicas(ObjectNode replicaSet) {
        return Json.at(replicaSet, "spec", "replicas").asInt(0);
    }

    static int available(ObjectNode replicaSet) {
        return Json.at(replicaSet, "status", "availableReplicas").asInt(0);
    }

    /** Pods of a ReplicaSet that have not ended, terminating ones included. */
    static long pods(ObjectStore store, ObjectNode replicaSet) {
        return store.list(Catalog.PODS, Meta.namespace(replicaSet)).items().stream()
                .filter(pod -> Meta.controlledBy(pod, Meta.uid(replicaSet)))
                .count();
    }

    void scale(ObjectNode deployment, ObjectNode replicaSet, int wanted) {
        int before = replicas(replicaSet);
        if (before == wanted) {
            return;
        }
        store.write(ObjectKey.of(Catalog.REPLICA_SETS, replicaSet), stored -> {
            if (stored == null) {
                return null;
            }
            ObjectNode after = stored.deepCopy();
            Json.childObject(after, "spec").put("replicas", wanted);
            return lifecycle.updated(Catalog.REPLICA_SETS, after, stored, WRITER);
        });
        String direction = wanted > before ? "up" : "down";
        events.normal(
                deployment,
                "ScalingReplicaSet",
                "Scaled " + direction + " replica set " + Meta.name(replicaSet) + " from " + before + " to " + wanted);
    }

    /** Takes pods from old ReplicaSets: first those that are not available anyway, then as the strategy allows. */
    void scaleDownOld(ObjectNode deployment, ObjectNode current, List<ObjectNode> old, Rollout rollout, int removable) {
        int left = removable;
        int availableOld = 0;
        int[] target = new int[old.size()];
        for (int i = 0; i < old.size(); i++) {
            int replicas = replicas(old.get(i));
            int unhealthy = Math.max(0, replicas - available(old.get(i)));
            int dropped = Math.max(0, Math.min(left, unhealthy));
            left -= dropped;
            target[i] = replicas - dropped;
            availableOld += Math.min(target[i], available(old.get(i)));
        }
        int spare = Math.min(left, availableOld + available(current) - rollout.leastAvailable());
        for (int i = 0; i < old.size(); i++) {
            int dropped = Math.max(0, Math.min(spare, target[i]));
            spare -= dropped;
            scale(deployment, old.get(i), target[i] - dropped);
        }
    }
}
