package io.k8sincident.scenarios.controllers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.scenarios.catalog.Catalog;
import io.k8sincident.scenarios.json.Json;
import io.k8sincident.scenarios.json.Meta;
import io.k8sincident.scenarios.json.Timestamps;
import io.k8sincident.scenarios.store.ObjectKey;
import io.k8sincident.scenarios.store.ObjectStore;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Binds pods to nodes by requests, node selectors and cordons, and says why where it cannot. */
public final class Scheduler implements Controller {
    /** Simulated seconds between two attempts at a pod that does not fit. */
    private static final double RETRY = 5;

    private final ObjectStore store;
    private final SimulatedTime time;
    private final EventRecorder events;
    private final Map<String, Double> nextAttempt = new HashMap<>();

    /** A scheduler over this store. */
    public Scheduler(ObjectStore store, SimulatedTime time) {
        this.store = store;
        this.time = time;
        this.events = new EventRecorder(store, "default-scheduler", "");
    }

    @Override
    public void reconcile() {
        List<ObjectNode> pods = store.list(Catalog.PODS, "").items();
        List<ObjectNode> pending = pods.stream()
                .filter(pod -> Json.text(pod, "spec", "nodeName").isEmpty() && !Meta.deleting(pod))
                .toList();
        if (pending.isEmpty()) {
            nextAttempt.clear();
            return;
        }
        nextAttempt.keySet().retainAll(pending.stream().map(Meta::uid).toList());
        for (ObjectNode pod : pending) {
            if (nextAttempt.getOrDefault(Meta.uid(pod), 0.0) <= time.seconds()) {
                schedule(pod);
            }
        }
    }

    private void schedule(ObjectNode pod) {
        List<ObjectNode> nodes = store.list(Catalog.NODES, "").items();
        List<ObjectNode> pods = store.list(Catalog.PODS, "").items();
        Map<String, Integer> refusals = new TreeMap<>();
        boolean hopeless = true;
        Optional<ObjectNode> best = Optional.empty();
        long fewest = Long.MAX_VALUE;
        for (ObjectNode node : nodes) {
            NodeFit fit = NodeFit.of(pod, node, pods);
            if (fit.refusals().isEmpty() && fit.podsThere() < fewest) {
                best = Optional.of(node);
                fewest = fit.podsThere();
            }
            hopeless &= fit.neverFits();
            fit.refusals().forEach(reason -> refusals.merge(reason, 1, Integer::sum));
        }
        if (best.isPresent()) {
            bind(pod, Meta.name(best.get()));
        } else {
            nextAttempt.put(Meta.uid(pod), time.seconds() + RETRY);
            refuse(pod, nodes.size(), refusals, hopeless);
        }
    }

    private void bind(ObjectNode pod, String node) {
        store.write(ObjectKey.of(Catalog.PODS, pod), before -> {
            if (before == null || !Meta.uid(before).equals(Meta.uid(pod))) {
                return before;
            }
            ObjectNode after = Meta.shallowCopy(before);
            ObjectNode spec = Json.object();
            spec.setAll(Json.asObject(before.path("spec")));
            after.set("spec", spec.put("nodeName", node));
            after.set("status", withCondition(before, scheduled()));
            return after;
        });
        events.normal(
                pod,
                "Scheduled",
                "Successfully assigned " + Meta.namespace(pod) + "/" + Meta.name(pod) + " to " + node);
    }

    private void refuse(ObjectNode pod, int nodes, Map<String, Integer> refusals, boolean hopeless) {
        String all = "0/" + nodes + " nodes are available";
        String reasons = refusals.entrySet().stream()
                .sorted(Comparator.comparing(Map.Entry::getKey))
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .reduce((a, b) -> a + ", " + b)
                .orElse("no nodes available to schedule pods");
        String preemption = hopeless
                ? "Preemption is not helpful for scheduling."
                : "No preemption victims found for incoming pod.";
        String message = all + ": " + reasons + ". no new claims to deallocate, preemption: " + all + ": " + nodes + " "
                + preemption;
        events.warning(pod, "FailedScheduling", message);
        ObjectNode condition = Json.object()
                .put("type", "PodScheduled")
                .put("status", "False")
                .put("reason", "Unschedulable")
                .put("message", message);
        store.write(ObjectKey.of(Catalog.PODS, pod), before -> {
            if (before == null
                    || Conditions.find(before, "PodScheduled")
                            .filter(old -> Json.text(old, "message").equals(message))
                            .isPresent()) {
                return before;
            }
            ObjectNode after = Meta.shallowCopy(before);
            after.set("status", withCondition(before, condition));
            return after;
        });
    }

    private static ObjectNode scheduled() {
        return Json.object().put("type", "PodScheduled").put("status", "True");
    }

    private static ObjectNode withCondition(ObjectNode pod, ObjectNode condition) {
        ObjectNode status = Json.asObject(pod.path("status").deepCopy());
        condition.put("observedGeneration", (int) Meta.generation(pod));
        condition.putNull("lastProbeTime").put("lastTransitionTime", Timestamps.now());
        status.putArray("conditions").add(condition);
        return status;
    }
}
