package io.k8sincident.activities.planning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.google.re2j.Pattern;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Hides secrets in the two sides of one diff. Each distinct hidden value gets a number within the diff, so that one sees
 * whether it changed and nothing else of it. Not thread-safe; one for each diff.
 */
final class Masking {
    private static final Pattern SECRET_NAME = Pattern.compile(
            "(?i)(passw|passphrase|pwd|secret|token|credential|cookie|api[-_.]?key|private[-_.]?key|access[-_.]?key|auth|dsn"
                    + "|conn(ection)?[-_.]?str|(^|[-_.])(key|cert|url|uri)$)");

    private final UnaryOperator<String> redactor;
    private final Map<String, Integer> hidden = new HashMap<>();

    Masking(UnaryOperator<String> redactor) {
        this.redactor = redactor;
    }

    /** A copy of it without secrets. */
    JsonNode mask(JsonNode node) {
        if (node instanceof ObjectNode object) {
            ObjectNode copy = object.objectNode();
            boolean secretEntry =
                    SECRET_NAME.matcher(object.path("name").asText("")).find();
            object.properties().forEach(field -> {
                boolean secretField = field.getValue().isTextual()
                        && SECRET_NAME.matcher(field.getKey()).find();
                boolean secret = secretField || (secretEntry && field.getKey().equals("value"));
                copy.set(field.getKey(), secret ? hide(field.getValue().asText()) : mask(field.getValue()));
            });
            return copy;
        }
        if (node instanceof ArrayNode list) {
            ArrayNode copy = list.arrayNode();
            list.forEach(element -> copy.add(mask(element)));
            return copy;
        }
        return node.isTextual() ? maskText(node.textValue()) : node;
    }

    private JsonNode maskText(String text) {
        String redacted = redactor.apply(text);
        return redacted.equals(text) ? TextNode.valueOf(text) : TextNode.valueOf(redacted + " " + number(text));
    }

    private JsonNode hide(String secret) {
        return TextNode.valueOf(number(secret));
    }

    private String number(String secret) {
        Integer known = hidden.putIfAbsent(secret, hidden.size() + 1);
        return "(hidden value " + (known == null ? hidden.size() : known) + ")";
    }
}
