package io.k8sincident.scenarios.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import io.k8sincident.scenarios.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What a request is answered with. */
@FunctionalInterface
interface Reply {
    /** Writes the answer; called once. */
    void send(HttpExchange exchange) throws IOException;

    /** The HTTP status that will be sent. */
    default int status() {
        return 200;
    }

    /** An object with a status code. */
    static Reply json(int code, JsonNode body) {
        return new Whole(code, "application/json", Json.bytes(body));
    }

    /** Plain text with a status code. */
    static Reply text(int code, String body) {
        return new Whole(code, "text/plain; charset=utf-8", body.getBytes(StandardCharsets.UTF_8));
    }

    /** An answer that is known as a whole. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Whole(int status, String type, byte[] body) implements Reply {
        @Override
        public void send(HttpExchange exchange) throws IOException {
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.getResponseHeaders().set("Cache-Control", "no-cache, private");
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
