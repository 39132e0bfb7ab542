package io.k8sincident.activities.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Parts of objects that are equal, once: the pods of one workload differ in little more than their names. For one reading;
 * not thread-safe. What is shared must not be changed any more.
 */
final class SharedNodes {
    private final Map<JsonNode, JsonNode> known = new HashMap<>();

    /** Replaces every part of this object that was seen before by what was seen then. */
    void share(ObjectNode object) {
        for (String name :
                List.copyOf(object.properties()).stream().map(Map.Entry::getKey).toList()) {
            object.set(name, shared(object.get(name)));
        }
    }

    private JsonNode shared(JsonNode node) {
        if (node instanceof ObjectNode object) {
            share(object);
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, shared(array.get(i)));
            }
        }
        JsonNode before = known.putIfAbsent(node, node);
        return before == null ? node : before;
    }
}
