package io.k8sincident.scenarios.controllers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.scenarios.admission.Lifecycle;
import io.k8sincident.scenarios.admission.Lifecycle.Writer;
import io.k8sincident.scenarios.catalog.Catalog;
import io.k8sincident.scenarios.json.Json;
import io.k8sincident.scenarios.json.Meta;
import io.k8sincident.scenarios.json.Timestamps;
import io.k8sincident.scenarios.status.StatusException;
import io.k8sincident.scenarios.store.ObjectKey;
import io.k8sincident.scenarios.store.ObjectStore;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Keeps as many pods of each ReplicaSet as it asks for, and counts them in its status. */
public final class ReplicaSetController implements Controller {
    private static final int BURST = 500;
    private static final Writer WRITER = new Writer("kube-controller-manager", "Update", "");

    private final ObjectStore store;
    private final Lifecycle lifecycle;
    private final SimulatedTime time;
    private final EventRecorder events;

    /** A controller over this store. */
    public ReplicaSetController(ObjectStore store, Lifecycle lifecycle, SimulatedTime time) {
        this.store = store;
        this.lifecycle = lifecycle;
        this.time = time;
        this.events = new EventRecorder(store, "replicaset-controller", "");
    }

    @Override
    public void reconcile() {
        Map<String, List<ObjectNode>> pods =
                Owned.byController(store.list(Catalog.PODS, "").items());
        for (ObjectNode replicaSet : store.list(Catalog.REPLICA_SETS, "").items()) {
            if (!Meta.deleting(replicaSet)) {
                sync(replicaSet, pods.getOrDefault(Meta.uid(replicaSet), List.of()));
            }
        }
    }

    private void sync(ObjectNode replicaSet, List<ObjectNode> owned) {
        List<ObjectNode> active = owned.stream().filter(Owned::isActive).toList();
        int wanted = Json.at(replicaSet, "spec", "replicas").asInt(0);
        if (active.size() < wanted) {
            create(replicaSet, Math.min(BURST, wanted - active.size()));
        } else if (active.size() > wanted) {
            active.stream()
                    .sorted(leastUsefulFirst())
                    .limit(active.size() - wanted)
                    .forEach(pod -> delete(replicaSet, pod));
        }
        List<ObjectNode> now = store.list(Catalog.PODS, Meta.namespace(replicaSet)).items().stream()
                .filter(pod -> Meta.controlledBy(pod, Meta.uid(replicaSet)))
                .toList();
        updateStatus(replicaSet, now);
    }

    private void create(ObjectNode replicaSet, int count) {
        for (int i = 0; i < count; i++) {
            ObjectNode pod = pod(replicaSet);
            try {
                ObjectNode completed = lifecycle.created(Catalog.PODS, pod, WRITER);
                store.write(ObjectKey.of(Catalog.PODS, completed), before -> completed);
                events.normal(replicaSet, "SuccessfulCreate", "Created pod: " + Meta.name(completed));
            } catch (StatusException e) {
                events.warning(replicaSet, "FailedCreate", "Error creating: " + e.getMessage());
                return;
            }
        }
    }

    private static ObjectNode pod(ObjectNode replicaSet) {
        ObjectNode pod = Json.object().put("kind", "Pod").put("apiVersion", "v1");
        ObjectNode metadata = pod.putObject("metadata")
                .put("generateName", Meta.name(replicaSet) + "-")
                .put("namespace", Meta.namespace(replicaSet));
        for (String field : List.of("labels", "annotations")) {
            var value = Json.at(replicaSet, "spec", "template", "metadata", field);
            if (!value.isEmpty()) {
                metadata.set(field, value.deepCopy());
            }
        }
        metadata.putArray("ownerReferences").add(Meta.controllerReference(replicaSet));
        pod.set("spec", Json.at(replicaSet, "spec", "template", "spec").deepCopy());
        return pod;
    }

    private void delete(ObjectNode replicaSet, ObjectNode pod) {
        store.write(ObjectKey.of(Catalog.PODS, pod), before -> {
            if (before == null || Json.text(before, "spec", "nodeName").isEmpty()) {
                return null;
            }
            long grace =
                    Json.at(before, "spec", "terminationGracePeriodSeconds").asLong(30);
            ObjectNode after = Meta.shallowCopy(before);
            Json.childObject(after, "metadata")
                    .put("deletionTimestamp", Timestamps.of(Instant.now().plusSeconds(grace)))
                    .put("deletionGracePeriodSeconds", grace);
            return after;
        });
        events.normal(replicaSet, "SuccessfulDelete", "Deleted pod: " + Meta.name(pod));
    }

    /** The order of the real controller, shortened: unscheduled, pending, not ready, restarted most, youngest. */
    private static Comparator<ObjectNode> leastUsefulFirst() {
        return Comparator.comparing(
                        (ObjectNode pod) -> !Json.text(pod, "spec", "nodeName").isEmpty())
                .thenComparing(pod -> Json.text(pod, "status", "phase").equals("Running"))
                .thenComparing(pod -> Conditions.isTrue(pod, "Ready"))
                .thenComparing(pod -> -Owned.restarts(pod))
                .thenComparing(pod -> Json.text(pod, "metadata", "creationTimestamp"), Comparator.reverseOrder());
    }

    private void updateStatus(ObjectNode replicaSet, List<ObjectNode> owned) {
        List<ObjectNode> active = owned.stream().filter(Owned::isActive).toList();
        int minReady = Json.at(replicaSet, "spec", "minReadySeconds").asInt(0);
        long ready =
                active.stream().filter(pod -> Conditions.isTrue(pod, "Ready")).count();
        long available = active.stream()
                .filter(pod -> Owned.isAvailable(pod, minReady, time))
                .count();
        long terminating = owned.stream().filter(Meta::deleting).count();
        store.write(ObjectKey.of(Catalog.REPLICA_SETS, replicaSet), before -> {
            if (before == null || !Meta.uid(before).equals(Meta.uid(replicaSet))) {
                return before;
            }
            ObjectNode status = Json.object().put("replicas", active.size());
            if (!active.isEmpty()) {
                status.put("fullyLabeledReplicas", active.size());
            }
            if (ready > 0) {
                status.put("readyReplicas", (int) ready);
            }
            if (available > 0) {
                status.put("availableReplicas", (int) available);
            }
            status.put("terminatingReplicas", (int) terminating);
            status.put("observedGeneration", (int) Meta.generation(replicaSet));
            if (status.equals(before.path("status"))) {
                return before;
            }
            ObjectNode after = Meta.shallowCopy(before);
            after.set("status", status);
            return after;
        });
    }
}
