package io.k8sincident.activities.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A lenient view of a JSON object of the Kubernetes API. What is missing, null or of an unexpected type reads as empty,
 * so that no field that a cluster leaves out, renames or gets wrong can break a rule. Immutable and thread-safe as long
 * as nobody changes the JSON below it.
 */
public final class Fields {
    private static final Fields NONE = new Fields(MissingNode.getInstance());

    private final JsonNode json;

    private Fields(JsonNode json) {
        this.json = json;
    }

    /** The view of this JSON, whatever it is. */
    public static Fields of(JsonNode json) {
        return json.isMissingNode() ? NONE : new Fields(json);
    }

    /** What lies at this path of field names; an empty view if nothing does. */
    public Fields child(String... path) {
        JsonNode node = json;
        for (String name : path) {
            node = node.path(name);
        }
        return of(node);
    }

    /** Whether there is anything here but null. */
    public boolean present() {
        return !json.isMissingNode() && !json.isNull();
    }

    /** Whether something other than null lies at this path. */
    public boolean has(String... path) {
        return child(path).present();
    }

    /** The text, number or boolean at this path as text; empty if there is none. */
    public String text(String... path) {
        JsonNode node = child(path).json;
        return node.isValueNode() && !node.isNull() ? node.asText() : "";
    }

    /** The whole number at this path, also if it is written as text. */
    public OptionalLong number(String... path) {
        JsonNode node = child(path).json;
        if (node.isIntegralNumber() && node.canConvertToLong()) {
            return OptionalLong.of(node.longValue());
        }
        try {
            return node.isTextual() ? OptionalLong.of(Long.parseLong(node.textValue())) : OptionalLong.empty();
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /** Whether {@code true} stands at this path. */
    public boolean flag(String... path) {
        return child(path).json.asBoolean(false);
    }

    /** The RFC 3339 time at this path. */
    public Optional<Instant> time(String... path) {
        String text = text(path);
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Rfc3339.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The elements of the list at this path; empty if there is no list. */
    public List<Fields> list(String... path) {
        JsonNode node = child(path).json;
        List<Fields> elements = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(element -> elements.add(of(element)));
        }
        return elements;
    }

    /** The texts of the list at this path. */
    public List<String> texts(String... path) {
        return list(path).stream().map(element -> element.text()).toList();
    }

    /** The names of the fields of the object at this path, sorted. */
    public List<String> names(String... path) {
        return names(child(path).json);
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        names.sort(null);
        return names;
    }

    /** The JSON below; not to be changed. */
    public JsonNode json() {
        return json;
    }

    /** As compact JSON, keys sorted: API servers and tools write the fields of one object in different orders. */
    @Override
    public String toString() {
        return sorted(json).toString();
    }

    private static JsonNode sorted(JsonNode node) {
        if (node.isArray()) {
            ArrayNode elements = JsonNodeFactory.instance.arrayNode(node.size());
            node.forEach(element -> elements.add(sorted(element)));
            return elements;
        }
        if (!node.isObject()) {
            return node;
        }
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        names(node).forEach(name -> object.set(name, sorted(node.path(name))));
        return object;
    }
}
