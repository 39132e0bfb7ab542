package io.k8sincident.activities.advice;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Answers of models, in the shape of the schema. */
final class Said {
    private Said() {}

    /** One sentence, as a claim and as the summary. */
    static String of(String cause, String runbook, String observation, String quote, String text) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.putArray("claims").add(said(observation, quote, text));
        answer.set("summary", said(observation, quote, text));
        answer.put("cause", cause);
        answer.putArray("ranking").add(runbook);
        answer.put("verdict", "advice");
        return answer.toString();
    }

    static ObjectNode said(String observation, String quote, String text) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("observation", observation)
                .put("quote", quote)
                .put("text", text);
    }
}
