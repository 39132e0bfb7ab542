package io.k8sincident.activities.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.redaction.Redactor;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A complete HTTP answer.
 *
 * @param body as UTF-8 text
 * @param date the {@code Date} header, absent if the server sent none
 */
record HttpAnswer(int code, String body, @Nullable String date) {
    private static final ObjectMapper JSON = new ObjectMapper();

    boolean successful() {
        return code >= 200 && code < 300;
    }

    /** The JSON object in the body; empty if the body is anything else, such as cut short. */
    Optional<ObjectNode> object() {
        try {
            return JSON.readTree(body) instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The Kubernetes Status in the body; a missing node if it is none. */
    JsonNode status() {
        return object().filter(object -> object.path("kind").asText().equals("Status"))
                .<JsonNode>map(object -> object)
                .orElse(MissingNode.getInstance());
    }

    /** Whether the API server itself says that there is no such object; a proxy's 404 does not. */
    boolean notFound() {
        return code == 404 && status().path("reason").asText().equals("NotFound");
    }

    /** What the Status in the body says, without credentials; empty if it says nothing. */
    String said() {
        return Redactor.text(status().path("message").asText(""));
    }

    /** The server's clock, to the second. */
    Optional<Instant> serverTime() {
        try {
            return date == null
                    ? Optional.empty()
                    : Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
