package io.k8sincident.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What an API server answered.
 *
 * @param body an empty object where it sent no JSON
 */
public record ApiAnswer(int code, JsonNode body) {
    public boolean successful() {
        return code / 100 == 2;
    }

    /** What it said of a failure. */
    public String message() {
        String message = body.path("message").asText();
        return message.isEmpty() ? "HTTP " + code : message;
    }
}
