package io.k8sincident.activities.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Documents that differ from one in a single place. */
final class Mutants {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Mutants() {}

    /** All of them, for each place and each kind of change. */
    static List<JsonNode> of(JsonNode document, Random random) {
        List<JsonNode> mutants = new ArrayList<>();
        for (String pointer : pointers(document, "", new ArrayList<>())) {
            for (JsonNode other : values(document.at(pointer), random)) {
                mutants.add(with(document, pointer, other));
            }
            mutants.add(without(document, pointer));
            if (document.at(pointer) instanceof ObjectNode) {
                JsonNode more = document.deepCopy();
                ((ObjectNode) more.at(pointer)).put("surplus", 1);
                mutants.add(more);
            }
        }
        return mutants;
    }

    private static List<String> pointers(JsonNode node, String at, List<String> pointers) {
        if (!at.isEmpty()) {
            pointers.add(at);
        }
        node.properties()
                .forEach(field -> pointers(
                        field.getValue(),
                        at + "/" + field.getKey().replace("~", "~0").replace("/", "~1"),
                        pointers));
        for (int i = 0; i < (node.isArray() ? node.size() : 0); i++) {
            pointers(node.get(i), at + "/" + i, pointers);
        }
        return pointers;
    }

    private static List<JsonNode> values(JsonNode old, Random random) {
        List<JsonNode> values = new ArrayList<>(List.of(
                JSON.objectNode(),
                JSON.arrayNode(),
                JSON.nullNode(),
                JSON.booleanNode(random.nextBoolean()),
                JSON.numberNode(random.nextInt(30) - 5),
                JSON.numberNode(100_000),
                JSON.numberNode(0.5),
                JSON.textNode(""),
                JSON.textNode(" "),
                JSON.textNode("*"),
                JSON.textNode("HIGH"),
                JSON.textNode("shop"),
                JSON.arrayNode().add("shop").add("shop")));
        if (old.isTextual()) {
            values.add(JSON.textNode(old.asText() + "x"));
            values.add(JSON.textNode(old.asText().toUpperCase(java.util.Locale.ROOT)));
            values.add(JSON.textNode(old.asText() + "\tx"));
        }
        return values;
    }

    private static JsonNode with(JsonNode document, String pointer, JsonNode value) {
        JsonNode copy = document.deepCopy();
        JsonNode parent = copy.at(pointer.substring(0, pointer.lastIndexOf('/')));
        String name = last(pointer);
        if (parent instanceof ObjectNode object) {
            object.set(name, value);
        } else {
            ((ArrayNode) parent).set(Integer.parseInt(name), value);
        }
        return copy;
    }

    private static JsonNode without(JsonNode document, String pointer) {
        JsonNode copy = document.deepCopy();
        JsonNode parent = copy.at(pointer.substring(0, pointer.lastIndexOf('/')));
        String name = last(pointer);
        if (parent instanceof ObjectNode object) {
            object.remove(name);
        } else {
            ((ArrayNode) parent).remove(Integer.parseInt(name));
        }
        return copy;
    }

    private static String last(String pointer) {
        return pointer.substring(pointer.lastIndexOf('/') + 1)
                .replace("~1", "/")
                .replace("~0", "~");
    }
}
