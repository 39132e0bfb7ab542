package io.k8sincident.scenarios.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Kubernetes objects as Jackson trees. Trees that come out of the store are shared and must not be changed; copy first.
 * All methods are thread-safe.
 */
public final class Json {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .build());
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Json() {}

    /** A new empty object. */
    public static ObjectNode object() {
        return NODES.objectNode();
    }

    /** A new empty array. */
    public static ArrayNode array() {
        return NODES.arrayNode();
    }

    /** Parses one JSON value; throws {@link IOException} with a position where the text is not JSON. */
    public static JsonNode parse(byte[] text) throws IOException {
        JsonNode node = JSON.readTree(text);
        return node == null ? NODES.missingNode() : node;
    }

    /** Parses one JSON value that this program wrote itself. */
    public static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** Parses every document of a YAML (or JSON) text; empty documents are left out. */
    public static List<JsonNode> parseYaml(byte[] text) throws IOException {
        List<JsonNode> documents = new ArrayList<>();
        try (var values = YAML.readerFor(JsonNode.class).<JsonNode>readValues(text)) {
            while (values.hasNextValue()) {
                JsonNode document = values.nextValue();
                if (document != null && document.isContainerNode()) {
                    documents.add(document);
                }
            }
        }
        return documents;
    }

    /** The value as YAML, without a document marker. */
    public static String yaml(JsonNode node) {
        try {
            return YAML.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree is always YAML", e);
        }
    }

    /** The value as compact JSON in UTF-8. */
    public static byte[] bytes(JsonNode node) {
        try {
            return JSON.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree is always JSON", e);
        }
    }

    /** The value as compact JSON whose keys are sorted at every level: equal values give equal text. */
    public static String canonical(JsonNode node) {
        return sorted(node).toString();
    }

    /** The value at a path of field names; a missing node where any of them is absent. */
    public static JsonNode at(JsonNode node, String... path) {
        JsonNode here = node;
        for (String field : path) {
            here = here.path(field);
        }
        return here;
    }

    /** The text at a path, or the empty string. */
    public static String text(JsonNode node, String... path) {
        JsonNode value = at(node, path);
        return value.isValueNode() && !value.isNull() ? value.asText() : "";
    }

    /** The object at a path, made where it is absent or not an object. */
    public static ObjectNode childObject(ObjectNode node, String field) {
        return node.get(field) instanceof ObjectNode child ? child : node.putObject(field);
    }

    /** The value as an object, or an empty one where it is none. */
    public static ObjectNode asObject(JsonNode node) {
        return node instanceof ObjectNode object ? object : object();
    }

    /** The string members of an object; members that are no scalars are left out. */
    public static Map<String, String> strings(JsonNode node) {
        Map<String, String> strings = new TreeMap<>();
        node.properties().forEach(entry -> {
            if (entry.getValue().isValueNode() && !entry.getValue().isNull()) {
                strings.put(entry.getKey(), entry.getValue().asText());
            }
        });
        return strings;
    }

    /** The array's scalar elements as strings. */
    public static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(element -> texts.add(element.asText()));
        return texts;
    }

    /** The array's elements that are objects. */
    public static List<ObjectNode> objects(JsonNode array) {
        List<ObjectNode> objects = new ArrayList<>();
        array.forEach(element -> {
            if (element instanceof ObjectNode object) {
                objects.add(object);
            }
        });
        return objects;
    }

    /** Puts the value only where the field is absent or null. */
    public static void putDefault(ObjectNode node, String field, JsonNode value) {
        if (!node.hasNonNull(field)) {
            node.set(field, value);
        }
    }

    /** Puts the text only where the field is absent or null. */
    public static void putDefault(ObjectNode node, String field, String value) {
        putDefault(node, field, NODES.textNode(value));
    }

    /** Puts the number only where the field is absent or null. */
    public static void putDefault(ObjectNode node, String field, int value) {
        putDefault(node, field, NODES.numberNode(value));
    }

    private static JsonNode sorted(JsonNode node) {
        if (node.isObject()) {
            ObjectNode result = object();
            Map<String, JsonNode> members = new TreeMap<>();
            node.properties().forEach(entry -> members.put(entry.getKey(), entry.getValue()));
            members.forEach((name, value) -> result.set(name, sorted(value)));
            return result;
        }
        if (node.isArray()) {
            ArrayNode result = array();
            node.forEach(element -> result.add(sorted(element)));
            return result;
        }
        return node;
    }
}
