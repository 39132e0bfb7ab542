package io.k8sincident.activities.advice;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The body of {@code POST /api/chat}. The same evidence, model and settings give the same bytes, so their digest names
 * the question, and as far as a model allows it, the answer.
 */
final class ChatRequest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int SEED = 20_260_101;

    private ChatRequest() {}

    static byte[] body(AdviceSettings settings, Prompt prompt) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("model", settings.model());
        ArrayNode messages = body.putArray("messages");
        messages.addObject().put("role", "system").put("content", prompt.system());
        messages.addObject().put("role", "user").put("content", prompt.user());
        body.set("format", prompt.format());
        body.put("stream", true);
        // A model that thinks aloud would spend the answer's tokens on it.
        body.put("think", false);
        // Newer servers refuse a prompt that does not fit instead of cutting it; older ones ignore both.
        body.put("truncate", false);
        body.put("shift", false);
        body.putObject("options")
                .put("temperature", 0)
                .put("seed", SEED)
                .put("num_ctx", settings.contextTokens())
                .put("num_predict", settings.answerTokens());
        try {
            return MAPPER.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a prompt is always representable as JSON", e);
        }
    }
}
