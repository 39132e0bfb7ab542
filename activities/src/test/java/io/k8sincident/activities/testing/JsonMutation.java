package io.k8sincident.activities.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Changes exactly one field of a JSON tree: another value, no value, or one field more. */
public final class JsonMutation {
    private JsonMutation() {}

    /** A copy with one random change. */
    public static JsonNode of(JsonNode original, Random random) {
        JsonNode copy = original.deepCopy();
        List<Runnable> changes = new ArrayList<>();
        collect(copy, random, changes);
        do {
            changes.get(random.nextInt(changes.size())).run();
        } while (copy.equals(original));
        return copy;
    }

    private static void collect(JsonNode node, Random random, List<Runnable> changes) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(field -> {
                changes.add(() -> object.set(field.getKey(), other(field.getValue(), random)));
                changes.add(() -> object.remove(field.getKey()));
                collect(field.getValue(), random, changes);
            });
            changes.add(() -> object.put("added" + random.nextInt(1_000), "x"));
        } else if (node instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                int at = i;
                changes.add(() -> list.set(at, other(list.get(at), random)));
                changes.add(() -> list.remove(at));
                collect(list.get(at), random, changes);
            }
            changes.add(() -> list.add("x"));
        }
    }

    private static JsonNode other(JsonNode value, Random random) {
        if (value.isTextual() && !value.asText().isEmpty()) {
            String text = value.asText();
            int at = random.nextInt(text.length());
            return TextNode.valueOf(text.substring(0, at) + (char) ('a' + random.nextInt(26)) + text.substring(at + 1));
        }
        return value.isNumber() ? IntNode.valueOf(value.asInt() + 1 + random.nextInt(9)) : TextNode.valueOf("other");
    }
}
