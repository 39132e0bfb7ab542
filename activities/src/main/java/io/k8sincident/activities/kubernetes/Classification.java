package io.k8sincident.activities.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.kubernetes.WriteAnswer.Kind;
import io.k8sincident.activities.redaction.Redactor;
import java.io.IOException;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells from an HTTP answer, or from its absence, whether a write happened. Whatever is not certain is UNKNOWN. */
final class Classification {
    /** RFC 9110: the server gave up waiting for the request; a proxy says so of requests that it has passed on. */
    private static final int REQUEST_TIMEOUT = 408;
    /** Proxies' word for a client that closed the connection; the request may have been passed on. */
    private static final int CLIENT_CLOSED_REQUEST = 499;

    private static final int LONGEST_MESSAGE = 600;

    private Classification() {}

    static WriteAnswer of(HttpAnswer answer) {
        Optional<ObjectNode> object = answer.object();
        JsonNode status = answer.status();
        if (answer.successful()) {
            return object.filter(Classification::isObject)
                    .map(applied -> WriteAnswer.applied(answer.code(), applied))
                    .orElseGet(() ->
                            WriteAnswer.of(Kind.UNKNOWN, answer.code(), "", "the answer holds no complete object"));
        }
        return WriteAnswer.of(
                kind(answer.code()), answer.code(), status.path("reason").asText(""), message(status));
    }

    /** What a Status that is no success says, without credentials, in a length that a person can read. */
    static String message(JsonNode status) {
        String said = causes(status).orElse(status.path("message").asText("the answer says no more"));
        // Before it is cut: half a credential is none that could be recognised.
        return shortened(Redactor.text(said));
    }

    /** Only a connection that was never made proves that nothing was sent. */
    static WriteAnswer of(IOException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException) {
                return WriteAnswer.of(Kind.REFUSED, 0, "Unreachable", "no connection to the API server: " + cause);
            }
        }
        return WriteAnswer.of(Kind.UNKNOWN, 0, "", String.valueOf(failure.getMessage()));
    }

    /** Of an answer that is no success. */
    static Kind kind(int code) {
        if (code == 409 || code == 422) {
            return Kind.CONFLICT;
        }
        boolean refused = code >= 400 && code < 500 && code != REQUEST_TIMEOUT && code != CLIENT_CLOSED_REQUEST;
        return refused ? Kind.REFUSED : Kind.UNKNOWN;
    }

    /**
     * The fields at fault and what is wrong with each, without their values, which a Status quotes, secret or not: each
     * cause is worded {@code TYPE: VALUE: what is wrong}.
     */
    private static Optional<String> causes(JsonNode status) {
        List<String> causes = new ArrayList<>();
        status.path("details").path("causes").forEach(cause -> {
            String message = cause.path("message").asText();
            String field = cause.path("field").asText();
            causes.add((field.isEmpty() ? "" : field + ": ")
                    + message.substring(message.lastIndexOf(": ") + 1).strip());
        });
        return causes.isEmpty()
                ? Optional.empty()
                : Optional.of(String.join("; ", causes.stream().distinct().toList()));
    }

    private static boolean isObject(ObjectNode object) {
        return !object.path("metadata").path("uid").asText().isEmpty();
    }

    /** Webhooks may say anything. */
    private static String shortened(String message) {
        int half = LONGEST_MESSAGE / 2;
        return message.length() <= LONGEST_MESSAGE
                ? message
                : message.substring(0, half) + " … " + message.substring(message.length() - half);
    }
}
