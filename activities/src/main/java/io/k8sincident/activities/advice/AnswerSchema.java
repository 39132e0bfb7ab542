package io.k8sincident.activities.advice;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * The JSON schema that a server makes the model's answer follow, with the ids that exist for this prompt. It saves tokens
 * and failures; what it demands is checked again all the same.
 */
final class AnswerSchema {
    static final String ADVICE = "advice";
    static final String ABSTAIN = "not_enough_evidence";
    static final String UNKNOWN = "unknown";
    static final int MOST_CLAIMS = 3;
    static final int MOST_HYPOTHESES = 3;

    /** Shorter than what is allowed: an answer that uses all of it still fits into the default of its tokens. */
    private static final int LONGEST_TEXT = 140;

    private static final int LONGEST_QUOTE = 100;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private AnswerSchema() {}

    static ObjectNode of(
            Collection<String> observations, Collection<String> runbooks, Collection<String> causes, boolean guess) {
        ObjectNode properties = JSON.objectNode();
        properties.set("claims", list(said(observations), MOST_CLAIMS));
        properties.set("summary", object(said(observations)));
        properties.set(
                "cause",
                oneOf(Stream.concat(causes.stream(), Stream.of(UNKNOWN)).toList()));
        properties.set("ranking", runbooks.isEmpty() ? array(text(1), 0) : array(oneOf(runbooks), runbooks.size()));
        if (guess) {
            ObjectNode hypothesis = JSON.objectNode();
            hypothesis.set("cause", oneOf(causes));
            hypothesis.setAll(said(observations));
            properties.set("hypotheses", list(hypothesis, MOST_HYPOTHESES));
        }
        properties.set("verdict", oneOf(List.of(ADVICE, ABSTAIN)));
        return object(properties);
    }

    private static ObjectNode said(Collection<String> observations) {
        ObjectNode properties = JSON.objectNode();
        properties.set("observation", oneOf(observations));
        properties.set("quote", text(LONGEST_QUOTE));
        properties.set("text", text(LONGEST_TEXT));
        return properties;
    }

    private static ObjectNode object(ObjectNode properties) {
        ObjectNode object = type("object");
        object.set("properties", properties);
        ArrayNode required = object.putArray("required");
        properties.fieldNames().forEachRemaining(required::add);
        object.put("additionalProperties", false);
        return object;
    }

    private static ObjectNode list(ObjectNode properties, int most) {
        return array(object(properties), most);
    }

    private static ObjectNode array(ObjectNode items, int most) {
        ObjectNode array = type("array").put("maxItems", most);
        array.set("items", items);
        return array;
    }

    private static ObjectNode oneOf(Collection<String> values) {
        ObjectNode text = type("string");
        ArrayNode allowed = text.putArray("enum");
        values.forEach(allowed::add);
        return text;
    }

    private static ObjectNode text(int longest) {
        return type("string").put("maxLength", longest);
    }

    private static ObjectNode type(String name) {
        return JSON.objectNode().put("type", name);
    }
}
