package io.k8sincident.scenarios.controllers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.scenarios.admission.Lifecycle;
import io.k8sincident.scenarios.admission.Lifecycle.Writer;
import io.k8sincident.scenarios.admission.Names;
import io.k8sincident.scenarios.catalog.Catalog;
import io.k8sincident.scenarios.json.Json;
import io.k8sincident.scenarios.json.Meta;
import io.k8sincident.scenarios.store.ObjectKey;
import io.k8sincident.scenarios.store.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Rolls Deployments out: one ReplicaSet per template, scaled up and down within the strategy's bounds. */
public final class DeploymentController implements Controller {
    private static final Writer WRITER = new Writer("kube-controller-manager", "Update", "");

    private final ObjectStore store;
    private final Lifecycle lifecycle;
    private final EventRecorder events;
    private final ReplicaSetScaler scaler;
    private final DeploymentStatus status;

    /** A controller over this store. */
    public DeploymentController(ObjectStore store, Lifecycle lifecycle, SimulatedTime time) {
        this.store = store;
        this.lifecycle = lifecycle;
        this.events = new EventRecorder(store, "deployment-controller", "");
        this.scaler = new ReplicaSetScaler(store, lifecycle, events);
        this.status = new DeploymentStatus(store, time);
    }

    @Override
    public void reconcile() {
        Map<String, List<ObjectNode>> replicaSets =
                Owned.byController(store.list(Catalog.REPLICA_SETS, "").items());
        for (ObjectNode deployment : store.list(Catalog.DEPLOYMENTS, "").items()) {
            if (!Meta.deleting(deployment)) {
                sync(deployment, replicaSets.getOrDefault(Meta.uid(deployment), List.of()));
            }
        }
    }

    private void sync(ObjectNode deployment, List<ObjectNode> replicaSets) {
        Revisions revisions = Revisions.of(deployment, replicaSets);
        if (Json.at(deployment, "spec", "paused").asBoolean(false)) {
            revisions
                    .current()
                    .ifPresent(current -> scaler.scale(
                            deployment, current, Rollout.of(deployment).replicas()));
            status.paused(deployment, replicaSets);
            return;
        }
        ObjectNode current = revisions
                .current()
                .map(found -> renumbered(deployment, found, revisions.nextNumber()))
                .orElseGet(() -> created(deployment, revisions.nextNumber()));
        List<ObjectNode> old = revisions.old();
        if (Json.text(deployment, "spec", "strategy", "type").equals("Recreate")) {
            recreate(deployment, current, old);
        } else {
            roll(deployment, current, old);
        }
        status.update(deployment, Meta.name(current));
        if (status.isComplete(deployment)) {
            forgetOldest(deployment, old);
        }
    }

    private ObjectNode created(ObjectNode deployment, long number) {
        ObjectNode template =
                Json.asObject(Json.at(deployment, "spec", "template").deepCopy());
        String hash = Names.hash(Json.canonical(template));
        Json.childObject(Json.childObject(template, "metadata"), "labels").put(Revisions.HASH_LABEL, hash);
        ObjectNode replicaSet = Json.object().put("kind", "ReplicaSet").put("apiVersion", "apps/v1");
        ObjectNode metadata = replicaSet
                .putObject("metadata")
                .put("name", Meta.name(deployment) + "-" + hash)
                .put("namespace", Meta.namespace(deployment));
        metadata.set("labels", Json.at(template, "metadata", "labels").deepCopy());
        ObjectNode annotations = metadata.putObject("annotations");
        RevisionAnnotations.copy(deployment, annotations);
        RevisionAnnotations.set(annotations, deployment, number);
        metadata.putArray("ownerReferences").add(Meta.controllerReference(deployment));
        ObjectNode spec = replicaSet.putObject("spec").put("replicas", 0);
        if (deployment.path("spec").has("minReadySeconds")) {
            spec.set("minReadySeconds", Json.at(deployment, "spec", "minReadySeconds"));
        }
        ObjectNode selector =
                Json.asObject(Json.at(deployment, "spec", "selector").deepCopy());
        Json.childObject(selector, "matchLabels").put(Revisions.HASH_LABEL, hash);
        spec.set("selector", selector);
        spec.set("template", template);
        ObjectNode completed = lifecycle.created(Catalog.REPLICA_SETS, replicaSet, WRITER);
        ObjectKey key = ObjectKey.of(Catalog.REPLICA_SETS, completed);
        store.write(key, before -> before == null ? completed : before);
        status.progressed(
                deployment, "NewReplicaSetCreated", "Created new replica set \"" + Meta.name(completed) + "\"");
        RevisionAnnotations.store(store, deployment, number);
        return store.get(key).orElse(completed);
    }

    /** A template that comes back reuses its ReplicaSet, under a new number. */
    private ObjectNode renumbered(ObjectNode deployment, ObjectNode replicaSet, long number) {
        long now = Math.max(number, Revisions.number(replicaSet));
        if (Revisions.number(replicaSet) < number) {
            status.progressed(
                    deployment, "FoundNewReplicaSet", "Found new replica set \"" + Meta.name(replicaSet) + "\"");
        }
        ObjectKey key = ObjectKey.of(Catalog.REPLICA_SETS, replicaSet);
        store.write(key, before -> {
            if (before == null) {
                return null;
            }
            ObjectNode after = Meta.shallowCopy(before);
            ObjectNode annotations = Json.childObject(Json.childObject(after, "metadata"), "annotations");
            RevisionAnnotations.copy(deployment, annotations);
            RevisionAnnotations.set(annotations, deployment, now);
            return after;
        });
        RevisionAnnotations.store(store, deployment, now);
        return store.get(key).orElse(replicaSet);
    }

    private void recreate(ObjectNode deployment, ObjectNode current, List<ObjectNode> old) {
        boolean gone = true;
        for (ObjectNode replicaSet : old) {
            scaler.scale(deployment, replicaSet, 0);
            gone &= ReplicaSetScaler.pods(store, replicaSet) == 0;
        }
        if (gone) {
            scaler.scale(deployment, current, Rollout.of(deployment).replicas());
        }
    }

    private void roll(ObjectNode deployment, ObjectNode current, List<ObjectNode> old) {
        Rollout rollout = Rollout.of(deployment);
        int newReplicas = ReplicaSetScaler.replicas(current);
        int oldReplicas = old.stream().mapToInt(ReplicaSetScaler::replicas).sum();
        if (newReplicas > rollout.replicas()) {
            scaler.scale(deployment, current, rollout.replicas());
        } else if (newReplicas < rollout.replicas()) {
            int room = Math.max(0, rollout.mostPods() - newReplicas - oldReplicas);
            int grown = newReplicas + Math.min(room, rollout.replicas() - newReplicas);
            scaler.scale(deployment, current, grown);
            newReplicas = grown;
        }
        if (oldReplicas > 0) {
            int newUnavailable = Math.max(0, newReplicas - ReplicaSetScaler.available(current));
            int removable = newReplicas + oldReplicas - rollout.leastAvailable() - newUnavailable;
            scaler.scaleDownOld(deployment, current, old, rollout, removable);
        }
    }

    private void forgetOldest(ObjectNode deployment, List<ObjectNode> old) {
        int keep = Json.at(deployment, "spec", "revisionHistoryLimit").asInt(10);
        List<ObjectNode> empty = new ArrayList<>(old.stream()
                .filter(replicaSet -> ReplicaSetScaler.replicas(replicaSet) == 0
                        && Json.at(replicaSet, "status", "replicas").asInt(0) == 0)
                .toList());
        for (ObjectNode replicaSet : empty.subList(0, Math.max(0, empty.size() - keep))) {
            store.write(ObjectKey.of(Catalog.REPLICA_SETS, replicaSet), before -> null);
        }
    }
}
