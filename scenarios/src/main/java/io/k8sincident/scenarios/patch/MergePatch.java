package io.k8sincident.scenarios.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.scenarios.json.Json;

/** JSON merge patch, RFC 7386: objects are merged, null removes, anything else replaces. */
final class MergePatch {
    private MergePatch() {}

    /** The patched value; the arguments are left as they are. */
    static JsonNode apply(JsonNode target, JsonNode patch) {
        if (!patch.isObject()) {
            return patch.deepCopy();
        }
        ObjectNode result = Json.object();
        if (target instanceof ObjectNode object) {
            result.setAll(object);
        }
        patch.properties().forEach(entry -> {
            if (entry.getValue().isNull()) {
                result.remove(entry.getKey());
            } else {
                result.set(entry.getKey(), apply(result.path(entry.getKey()), entry.getValue()));
            }
        });
        return result;
    }
}
