package io.k8sincident.activities.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * JSON merge patches (RFC 7386). Made from the very read whose resourceVersion is their precondition, they say exactly
 * what changes: a field that goes is null, a list is replaced as a whole.
 */
public final class MergePatch {
    private MergePatch() {}

    /** What must be merged into {@code before} to get {@code after}; empty if they are equal. */
    public static ObjectNode between(ObjectNode before, ObjectNode after) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        before.fieldNames().forEachRemaining(name -> {
            if (!after.has(name)) {
                patch.putNull(name);
            }
        });
        after.properties().forEach(field -> {
            JsonNode old = before.path(field.getKey());
            if (old instanceof ObjectNode from && field.getValue() instanceof ObjectNode to) {
                ObjectNode inner = between(from, to);
                if (!inner.isEmpty()) {
                    patch.set(field.getKey(), inner);
                }
            } else if (!old.equals(field.getValue())) {
                patch.set(field.getKey(), field.getValue());
            }
        });
        return patch;
    }

    /** Makes the patch hold only for this object in exactly this state. */
    public static ObjectNode guarded(ObjectNode patch, ObjectNode read) {
        JsonNode metadata = read.path("metadata");
        patch.withObjectProperty("metadata")
                .put("uid", metadata.path("uid").asText())
                .put("resourceVersion", metadata.path("resourceVersion").asText());
        return patch;
    }
}
