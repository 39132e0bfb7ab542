package io.k8sincident.scenarios.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.scenarios.admission.Quantity;
import io.k8sincident.scenarios.json.Json;
import io.k8sincident.scenarios.json.Meta;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Whether a pod fits a node.
 *
 * @param refusals the scheduler's reasons against it; none if it fits
 * @param neverFits whether removing other pods would not help
 * @param podsThere pods that the node has already
 */
record NodeFit(List<String> refusals, boolean neverFits, long podsThere) {
    NodeFit {
        refusals = List.copyOf(refusals);
    }

    static NodeFit of(ObjectNode pod, ObjectNode node, List<ObjectNode> pods) {
        List<ObjectNode> there = pods.stream()
                .filter(other -> Json.text(other, "spec", "nodeName").equals(Meta.name(node)) && !ended(other))
                .toList();
        List<String> refusals = new ArrayList<>();
        boolean never = false;
        if (Json.at(node, "spec", "unschedulable").asBoolean(false)) {
            refusals.add("node(s) were unschedulable");
            never = true;
        } else if (taintRefuses(pod, node)) {
            refusals.add("node(s) had untolerated taint(s)");
            never = true;
        }
        Map<String, String> labels = Meta.labels(node);
        boolean selected = Json.strings(Json.at(pod, "spec", "nodeSelector")).entrySet().stream()
                .allMatch(wanted -> wanted.getValue().equals(labels.get(wanted.getKey())));
        if (refusals.isEmpty() && !selected) {
            refusals.add("node(s) didn't match Pod's node affinity/selector");
            never = true;
        }
        if (refusals.isEmpty()) {
            for (Amount amount : Amount.values()) {
                long wanted = amount.requestedBy(pod);
                long capacity = amount.of(Json.text(node, "status", "allocatable", amount.resource()));
                long taken = there.stream().mapToLong(amount::requestedBy).sum();
                if (wanted > capacity - taken) {
                    refusals.add(amount.refusal());
                    never |= wanted > capacity;
                }
            }
        }
        return new NodeFit(refusals, never, there.size());
    }

    private static boolean taintRefuses(ObjectNode pod, ObjectNode node) {
        return Json.objects(Json.at(node, "spec", "taints")).stream()
                .filter(taint -> !Json.text(taint, "effect").equals("PreferNoSchedule"))
                .anyMatch(taint -> Json.objects(Json.at(pod, "spec", "tolerations")).stream()
                        .noneMatch(toleration -> tolerates(toleration, taint)));
    }

    private static boolean tolerates(JsonNode toleration, JsonNode taint) {
        String key = Json.text(toleration, "key");
        String effect = Json.text(toleration, "effect");
        boolean exists = Json.text(toleration, "operator").equals("Exists");
        return (key.equals(Json.text(taint, "key")) || (key.isEmpty() && exists))
                && (effect.isEmpty() || effect.equals(Json.text(taint, "effect")))
                && (exists || Json.text(toleration, "value").equals(Json.text(taint, "value")));
    }

    private static boolean ended(ObjectNode pod) {
        String phase = Json.text(pod, "status", "phase");
        return phase.equals("Succeeded") || phase.equals("Failed");
    }

    /** What nodes have a limited amount of. */
    private enum Amount {
        CPU("cpu", "Insufficient cpu"),
        MEMORY("memory", "Insufficient memory"),
        PODS("pods", "Too many pods");

        private final String resource;
        private final String refusal;

        Amount(String resource, String refusal) {
            this.resource = resource;
            this.refusal = refusal;
        }

        String resource() {
            return resource;
        }

        String refusal() {
            return refusal;
        }

        long of(String quantity) {
            return this == CPU ? Quantity.milli(quantity) : Quantity.units(quantity);
        }

        long requestedBy(ObjectNode pod) {
            if (this == PODS) {
                return 1;
            }
            long together = 0;
            for (ObjectNode container : Json.objects(Json.at(pod, "spec", "containers"))) {
                together += of(Json.text(container, "resources", "requests", resource));
            }
            long most = together;
            for (ObjectNode container : Json.objects(Json.at(pod, "spec", "initContainers"))) {
                most = Math.max(most, of(Json.text(container, "resources", "requests", resource)));
            }
            return most;
        }
    }
}
