package io.k8sincident.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that speaks as Ollama does, with one model, which says what it is told to. */
public final class ScriptedModel implements AutoCloseable {
    public static final String NAME = "scripted:1b";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpServer server;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile String answer = "";

    /** Listens on this machine only. */
    public ScriptedModel() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/tags", exchange -> send(exchange, "{\"models\":[{\"name\":\"" + NAME + "\"}]}"));
        server.createContext("/api/chat", this::chat);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The paths that were asked, oldest first. */
    public List<String> requests() {
        return requests;
    }

    /** From now on it names this cause, with one sentence that quotes an observation and one that quotes nothing real. */
    public void says(String cause, String observation, String quote, String text) {
        ObjectNode said = MAPPER.createObjectNode()
                .put("observation", observation)
                .put("quote", quote)
                .put("text", text);
        ObjectNode all = MAPPER.createObjectNode();
        all.putArray("claims").add(said.deepCopy().put("quote", "this stands nowhere at all"));
        all.set("summary", said);
        all.put("cause", cause);
        all.putArray("ranking");
        all.put("verdict", "advice");
        answer = all.toString();
    }

    /** From now on it writes this. */
    public void writes(String text) {
        answer = text;
    }

    private void chat(HttpExchange exchange) throws IOException {
        JsonNode question = MAPPER.readTree(exchange.getRequestBody());
        int length = question.at("/messages/0/content").asText().length()
                + question.at("/messages/1/content").asText().length();
        ObjectNode last = MAPPER.createObjectNode()
                .put("done", true)
                .put("done_reason", "stop")
                .put("prompt_eval_count", length / 4)
                .put("eval_count", 42);
        last.putObject("message").put("role", "assistant").put("content", answer);
        send(exchange, last + "\n");
    }

    private void send(HttpExchange exchange, String body) throws IOException {
        requests.add(exchange.getRequestURI().getPath());
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
