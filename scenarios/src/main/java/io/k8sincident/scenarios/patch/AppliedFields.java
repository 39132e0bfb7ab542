package io.k8sincident.scenarios.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.scenarios.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What each manager applied last, by server-side apply: a field that it no longer applies is removed. Ownership by
 * several managers and conflicts between them are not tracked. Thread-safe.
 */
public final class AppliedFields {
    private static final int REMEMBERED = 2_000;

    private final Map<String, JsonNode> applied = new LinkedHashMap<>();

    /** A copy of the object without what this manager applied before and now leaves out. */
    public synchronized ObjectNode withoutDropped(String uid, String manager, ObjectNode current, JsonNode next) {
        ObjectNode copy = current.deepCopy();
        JsonNode last = applied.get(uid + "\n" + manager);
        if (last != null) {
            prune(copy, last, next);
        }
        return copy;
    }

    /** Remembers what was applied, once it is stored. */
    public synchronized void remember(String uid, String manager, JsonNode next) {
        applied.put(uid + "\n" + manager, next.deepCopy());
        if (applied.size() > REMEMBERED) {
            applied.remove(applied.keySet().iterator().next());
        }
    }

    private static void prune(ObjectNode current, JsonNode last, JsonNode next) {
        last.properties().forEach(entry -> {
            String field = entry.getKey();
            JsonNode now = next.path(field);
            if (now.isMissingNode()) {
                current.remove(field);
            } else if (current.path(field) instanceof ObjectNode child
                    && entry.getValue().isObject()) {
                prune(child, entry.getValue(), now);
            } else if (current.path(field) instanceof ArrayNode list) {
                MergeKeys.of(field, list, now).ifPresent(key -> pruneList(list, key, entry.getValue(), now));
            }
        });
    }

    private static void pruneList(ArrayNode list, String key, JsonNode last, JsonNode next) {
        for (ObjectNode before : Json.objects(last)) {
            String value = Json.text(before, key);
            for (int i = list.size() - 1; i >= 0; i--) {
                if (!Json.text(list.path(i), key).equals(value) || !(list.path(i) instanceof ObjectNode element)) {
                    continue;
                }
                ObjectNode now = Json.objects(next).stream()
                        .filter(candidate -> Json.text(candidate, key).equals(value))
                        .findFirst()
                        .orElse(null);
                if (now == null) {
                    list.remove(i);
                } else {
                    prune(element, before, now);
                }
            }
        }
    }
}
