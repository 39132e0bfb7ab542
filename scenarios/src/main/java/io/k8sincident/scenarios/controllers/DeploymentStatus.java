package io.k8sincident.scenarios.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.scenarios.catalog.Catalog;
import io.k8sincident.scenarios.json.Json;
import io.k8sincident.scenarios.json.Meta;
import io.k8sincident.scenarios.json.Timestamps;
import io.k8sincident.scenarios.store.ObjectKey;
import io.k8sincident.scenarios.store.ObjectStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A Deployment's status: counters, and the conditions Available and Progressing as the real controller words them. */
final class DeploymentStatus {
    private static final List<String> COUNTERS =
            List.of("replicas", "updatedReplicas", "readyReplicas", "availableReplicas");

    private final ObjectStore store;
    private final SimulatedTime time;

    DeploymentStatus(ObjectStore store, SimulatedTime time) {
        this.store = store;
        this.time = time;
    }

    /** Every wanted pod is of the current template and available, and no other is left. */
    boolean isComplete(ObjectNode deployment) {
        return store.get(ObjectKey.of(Catalog.DEPLOYMENTS, deployment))
                .map(now -> isComplete(now.path("status"), Rollout.of(now).replicas())
                        && Json.at(now, "status", "observedGeneration").asLong() == Meta.generation(now))
                .orElse(false);
    }

    void paused(ObjectNode deployment, List<ObjectNode> replicaSets) {
        write(deployment, before -> {
            String current =
                    Revisions.of(before, replicaSets).current().map(Meta::name).orElse("");
            ObjectNode status = counted(before, current);
            ObjectNode conditions = conditions(before, status);
            set(conditions, "Progressing", "Unknown", "DeploymentPaused", "Deployment is paused", false);
            return finish(status, conditions);
        });
    }

    /** Records progress that no counter shows, such as a new ReplicaSet. */
    void progressed(ObjectNode deployment, String reason, String message) {
        write(deployment, before -> {
            ObjectNode status = Json.asObject(before.path("status").deepCopy());
            ObjectNode conditions = byType(before);
            set(conditions, "Progressing", "True", reason, message, true);
            return finish(status, conditions);
        });
    }

    void update(ObjectNode deployment, String currentName) {
        write(deployment, before -> {
            ObjectNode status = counted(before, currentName);
            ObjectNode conditions = conditions(before, status);
            progress(before, status, conditions, currentName);
            return finish(status, conditions);
        });
    }

    private void progress(ObjectNode before, ObjectNode status, ObjectNode conditions, String currentName) {
        JsonNode old = before.path("status");
        int replicas = Rollout.of(before).replicas();
        JsonNode condition = conditions.path("Progressing");
        String reason = Json.text(condition, "reason");
        String name = "ReplicaSet \"" + currentName + "\"";
        boolean settled = reason.equals("NewReplicaSetAvailable")
                && count(status, "replicas") == count(status, "updatedReplicas");
        if (settled) {
            return;
        }
        if (isComplete(status, replicas)) {
            set(
                    conditions,
                    "Progressing",
                    "True",
                    "NewReplicaSetAvailable",
                    name + " has successfully progressed.",
                    true);
        } else if (hasProgressed(status, old)) {
            set(conditions, "Progressing", "True", "ReplicaSetUpdated", name + " is progressing.", true);
        } else if (timedOut(before, condition)) {
            set(
                    conditions,
                    "Progressing",
                    "False",
                    "ProgressDeadlineExceeded",
                    name + " has timed out progressing.",
                    false);
        }
    }

    private static boolean hasProgressed(JsonNode now, JsonNode old) {
        return count(now, "updatedReplicas") > count(old, "updatedReplicas")
                || count(now, "replicas") - count(now, "updatedReplicas")
                        < count(old, "replicas") - count(old, "updatedReplicas")
                || count(now, "readyReplicas") > count(old, "readyReplicas")
                || count(now, "availableReplicas") > count(old, "availableReplicas");
    }

    private boolean timedOut(ObjectNode deployment, JsonNode condition) {
        long deadline = Json.at(deployment, "spec", "progressDeadlineSeconds").asLong(600);
        String since = Json.text(condition, "lastUpdateTime");
        return !since.isEmpty()
                && !Json.text(condition, "reason").equals("NewReplicaSetAvailable")
                && time.since(Instant.parse(since)) > deadline;
    }

    private static boolean isComplete(JsonNode status, int replicas) {
        return count(status, "updatedReplicas") == replicas
                && count(status, "replicas") == replicas
                && count(status, "availableReplicas") == replicas;
    }

    private ObjectNode counted(ObjectNode deployment, String currentName) {
        ObjectNode status = Json.object().put("observedGeneration", (int) Meta.generation(deployment));
        int terminating = 0;
        for (ObjectNode replicaSet :
                store.list(Catalog.REPLICA_SETS, Meta.namespace(deployment)).items()) {
            if (Meta.controlledBy(replicaSet, Meta.uid(deployment))) {
                JsonNode counts = replicaSet.path("status");
                add(status, "replicas", count(counts, "replicas"));
                add(
                        status,
                        "updatedReplicas",
                        Meta.name(replicaSet).equals(currentName) ? count(counts, "replicas") : 0);
                add(status, "readyReplicas", count(counts, "readyReplicas"));
                add(status, "availableReplicas", count(counts, "availableReplicas"));
                terminating += count(counts, "terminatingReplicas");
            }
        }
        int unavailable = Math.max(0, Rollout.of(deployment).replicas() - count(status, "availableReplicas"));
        unavailable = Math.max(unavailable, count(status, "replicas") - count(status, "availableReplicas"));
        COUNTERS.forEach(counter -> {
            if (count(status, counter) == 0) {
                status.remove(counter); // omitempty
            }
        });
        if (unavailable > 0) {
            status.put("unavailableReplicas", unavailable);
        }
        return status.put("terminatingReplicas", terminating);
    }

    private static ObjectNode conditions(ObjectNode before, ObjectNode status) {
        ObjectNode conditions = byType(before);
        boolean available =
                count(status, "availableReplicas") >= Rollout.of(before).leastAvailable();
        if (available) {
            set(
                    conditions,
                    "Available",
                    "True",
                    "MinimumReplicasAvailable",
                    "Deployment has minimum availability.",
                    false);
        } else {
            set(
                    conditions,
                    "Available",
                    "False",
                    "MinimumReplicasUnavailable",
                    "Deployment does not have minimum availability.",
                    false);
        }
        return conditions;
    }

    private static ObjectNode byType(ObjectNode deployment) {
        ObjectNode conditions = Json.object();
        Json.objects(Json.at(deployment, "status", "conditions"))
                .forEach(condition -> conditions.set(Json.text(condition, "type"), condition));
        return conditions;
    }

    /** Sets a condition; one that already says so is left as it is, unless this is news ({@code touch}). */
    private static void set(
            ObjectNode conditions, String type, String status, String reason, String message, boolean touch) {
        JsonNode old = conditions.path(type);
        boolean same = Json.text(old, "status").equals(status)
                && Json.text(old, "reason").equals(reason);
        if (same && !touch) {
            return;
        }
        String now = Timestamps.now();
        String since = Json.text(old, "status").equals(status) ? Json.text(old, "lastTransitionTime") : now;
        conditions.set(
                type,
                Json.object()
                        .put("type", type)
                        .put("status", status)
                        .put("lastUpdateTime", now)
                        .put("lastTransitionTime", since)
                        .put("reason", reason)
                        .put("message", message));
    }

    private static ObjectNode finish(ObjectNode status, ObjectNode conditions) {
        var list = status.putArray("conditions");
        List.of("Available", "Progressing").forEach(type -> {
            if (conditions.has(type)) {
                list.add(conditions.path(type));
            }
        });
        return status;
    }

    private void write(ObjectNode deployment, java.util.function.Function<ObjectNode, ObjectNode> next) {
        store.write(ObjectKey.of(Catalog.DEPLOYMENTS, deployment), before -> {
            if (before == null || !Meta.uid(before).equals(Meta.uid(deployment))) {
                return before;
            }
            ObjectNode status = next.apply(before);
            // What this round saw, not what a client wrote meanwhile.
            status.put("observedGeneration", (int) Meta.generation(deployment));
            if (Optional.ofNullable(before.get("status")).filter(status::equals).isPresent()) {
                return before;
            }
            ObjectNode after = Meta.shallowCopy(before);
            after.set("status", status);
            return after;
        });
    }

    private static int count(JsonNode status, String counter) {
        return status.path(counter).asInt(0);
    }

    private static void add(ObjectNode status, String counter, int more) {
        status.put(counter, count(status, counter) + more);
    }
}
