package io.k8sincident.scenarios.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.scenarios.json.Json;
import io.k8sincident.scenarios.status.StatusException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Strategic merge patch: a merge patch that merges known lists by key, with the directives {@code $patch},
 * {@code $retainKeys}, {@code $setElementOrder/…} and {@code $deleteFromPrimitiveList/…} that kubectl sends.
 */
final class StrategicMergePatch {
    private static final String PATCH = "$patch";
    private static final String RETAIN = "$retainKeys";
    private static final String ORDER = "$setElementOrder/";
    private static final String DELETE = "$deleteFromPrimitiveList/";

    private StrategicMergePatch() {}

    /** The patched value; the arguments are left as they are. */
    static JsonNode apply(JsonNode target, JsonNode patch) {
        if (!(patch instanceof ObjectNode change)) {
            return patch.deepCopy();
        }
        String directive = Json.text(change, PATCH);
        if (directive.equals("replace")) {
            return without(change, PATCH);
        }
        if (directive.equals("delete")) {
            return Json.object();
        }
        ObjectNode result = Json.object();
        if (target instanceof ObjectNode object) {
            result.setAll(object);
        }
        change.properties().forEach(entry -> merge(result, entry.getKey(), entry.getValue()));
        change.properties().forEach(entry -> direct(result, entry.getKey(), entry.getValue(), change));
        return result;
    }

    private static void merge(ObjectNode result, String field, JsonNode value) {
        if (field.startsWith("$")) {
            return;
        }
        if (value.isNull()) {
            result.remove(field);
        } else if (value.isArray()) {
            result.set(field, mergeList(field, result.path(field), value));
        } else {
            result.set(field, apply(result.path(field), value));
        }
    }

    private static void direct(ObjectNode result, String field, JsonNode value, ObjectNode patch) {
        if (field.equals(RETAIN)) {
            result.retain(new LinkedHashSet<>(Json.texts(value)));
        } else if (field.startsWith(DELETE)) {
            String list = field.substring(DELETE.length());
            ArrayNode left = Json.array();
            Set<String> gone = new LinkedHashSet<>(Json.texts(value));
            result.path(list).forEach(element -> {
                if (!gone.contains(element.asText())) {
                    left.add(element);
                }
            });
            result.set(list, left);
        } else if (field.startsWith(ORDER)) {
            String list = field.substring(ORDER.length());
            if (result.path(list).isArray()) {
                result.set(list, ordered(list, result.path(list), value, patch.path(list)));
            }
        }
    }

    private static JsonNode mergeList(String field, JsonNode current, JsonNode patch) {
        if (MergeKeys.isPrimitiveSet(field)) {
            Set<String> union = new LinkedHashSet<>(Json.texts(current));
            union.addAll(Json.texts(patch));
            ArrayNode result = Json.array();
            union.forEach(result::add);
            return result;
        }
        String key = MergeKeys.of(field, current, patch).orElse("");
        if (key.isEmpty()) {
            return patch.deepCopy();
        }
        List<JsonNode> result = new ArrayList<>();
        if (!replaces(patch)) {
            current.forEach(result::add);
        }
        for (JsonNode element : patch) {
            if (Json.text(element, PATCH).equals("replace")) {
                continue;
            }
            if (!element.has(key)) {
                throw StatusException.of(500, "", "map: " + element + " does not contain declared merge key: " + key);
            }
            mergeElement(result, key, element);
        }
        ArrayNode array = Json.array();
        result.forEach(array::add);
        return array;
    }

    private static void mergeElement(List<JsonNode> list, String key, JsonNode element) {
        int at = indexOf(list, key, element.path(key).asText());
        if (Json.text(element, PATCH).equals("delete")) {
            if (at >= 0) {
                list.remove(at);
            }
        } else if (at >= 0) {
            list.set(at, apply(list.get(at), element));
        } else {
            list.add(apply(Json.object(), element));
        }
    }

    /** Elements in the order that the patch states; those it does not name keep their place before their successor. */
    private static JsonNode ordered(String field, JsonNode list, JsonNode order, JsonNode patch) {
        String key = MergeKeys.of(field, list, patch).orElse("");
        List<String> wanted = new ArrayList<>();
        order.forEach(
                element -> wanted.add(element.isObject() ? element.path(key).asText() : element.asText()));
        List<JsonNode> elements = new ArrayList<>();
        list.forEach(elements::add);
        elements.sort(Comparator.comparingInt(element -> {
            int place = wanted.indexOf(element.isObject() ? element.path(key).asText() : element.asText());
            return place < 0 ? Integer.MAX_VALUE : place;
        }));
        ArrayNode result = Json.array();
        elements.forEach(result::add);
        return result;
    }

    private static boolean replaces(JsonNode patch) {
        for (JsonNode element : patch) {
            if (Json.text(element, PATCH).equals("replace")) {
                return true;
            }
        }
        return false;
    }

    private static int indexOf(List<JsonNode> list, String key, String value) {
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i).path(key).asText().equals(value)) {
                return i;
            }
        }
        return -1;
    }

    private static ObjectNode without(ObjectNode node, String field) {
        ObjectNode copy = node.deepCopy();
        copy.remove(field);
        return copy;
    }
}
