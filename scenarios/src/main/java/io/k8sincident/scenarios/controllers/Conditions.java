package io.k8sincident.scenarios.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.scenarios.json.Json;
import java.util.Optional;

/** Reading conditions of a status. */
public final class Conditions {
    private Conditions() {}

    /** The condition of this type, if it is there. */
    public static Optional<ObjectNode> find(JsonNode object, String type) {
        return Json.objects(Json.at(object, "status", "conditions")).stream()
                .filter(condition -> Json.text(condition, "type").equals(type))
                .findFirst();
    }

    /** Whether the condition is there and True. */
    public static boolean isTrue(JsonNode object, String type) {
        return find(object, type)
                .map(condition -> Json.text(condition, "status").equals("True"))
                .orElse(false);
    }
}
