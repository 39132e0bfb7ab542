package io.k8sincident.activities.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What the API server answers to a list, as opposed to whatever else may answer. */
final class ListAnswer {
    private ListAnswer() {}

    /** Its items are an array; where there are none, an API server also writes null. */
    static boolean is(ObjectNode object) {
        JsonNode items = object.path("items");
        return items.isArray()
                || (items.isNull() && object.path("kind").asText().endsWith("List"));
    }
}
