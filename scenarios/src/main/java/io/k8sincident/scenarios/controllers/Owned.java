package io.k8sincident.scenarios.controllers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.scenarios.json.Json;
import io.k8sincident.scenarios.json.Meta;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Pods and ReplicaSets as their controllers see them. */
final class Owned {
    private Owned() {}

    /** The objects by their controller's uid; objects without one are left out. */
    static Map<String, List<ObjectNode>> byController(List<ObjectNode> objects) {
        Map<String, List<ObjectNode>> result = new HashMap<>();
        for (ObjectNode object : objects) {
            Meta.controller(object)
                    .ifPresent(owner -> result.computeIfAbsent(Json.text(owner, "uid"), uid -> new ArrayList<>())
                            .add(object));
        }
        return result;
    }

    /** Neither finished nor being deleted. */
    static boolean isActive(ObjectNode pod) {
        String phase = Json.text(pod, "status", "phase");
        return !Meta.deleting(pod) && !phase.equals("Succeeded") && !phase.equals("Failed");
    }

    /** Restarts of all its containers. */
    static int restarts(ObjectNode pod) {
        return Json.objects(Json.at(pod, "status", "containerStatuses")).stream()
                .mapToInt(status -> status.path("restartCount").asInt(0))
                .sum();
    }

    /** Ready for at least so many (simulated) seconds. */
    static boolean isAvailable(ObjectNode pod, int minReadySeconds, SimulatedTime time) {
        return Conditions.find(pod, "Ready")
                .filter(condition -> Json.text(condition, "status").equals("True"))
                .map(condition -> minReadySeconds == 0
                        || time.since(Instant.parse(Json.text(condition, "lastTransitionTime"))) >= minReadySeconds)
                .orElse(false);
    }
}
