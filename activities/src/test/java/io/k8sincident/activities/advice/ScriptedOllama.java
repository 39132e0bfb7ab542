package io.k8sincident.activities.advice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A server that speaks as Ollama does, with a model that says what a test lets it say. */
final class ScriptedOllama implements AutoCloseable {
    static final String MODEL = "scripted:1b";

    static {
    }

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<JsonNode> questions = new CopyOnWriteArrayList<>();
    private final Function<JsonNode, String> model;

    /** @param model from a request to what the model writes */
    ScriptedOllama(Function<JsonNode, String> model) throws IOException {
        this.model = model;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/tags", exchange -> send(exchange, "{\"models\":[{\"name\":\"" + MODEL + "\"}]}"));
        server.createContext("/api/chat", this::chat);
        server.setExecutor(threads);
        server.start();
    }

    AdviceSettings settings() {
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return AdviceSettings.of(url, MODEL).within(Duration.ofSeconds(20));
    }

    /** What was asked, oldest first. */
    List<JsonNode> questions() {
        return questions;
    }

    private void chat(HttpExchange exchange) throws IOException {
        JsonNode question = MAPPER.readTree(exchange.getRequestBody());
        questions.add(question);
        send(exchange, answer(question, model.apply(question)));
    }

    /** The lines of a finished answer, whose counts fit the prompt. */
    static String answer(JsonNode question, String content) {
        int tokens = question.at("/messages/0/content").asText().length()
                + question.at("/messages/1/content").asText().length();
        ObjectNode piece = JsonNodeFactory.instance.objectNode();
        piece.putObject("message").put("role", "assistant").put("content", content);
        ObjectNode last = JsonNodeFactory.instance.objectNode();
        last.putObject("message").put("role", "assistant").put("content", "");
        last.put("done", true)
                .put("done_reason", "stop")
                .put("prompt_eval_count", tokens / 4)
                .put("eval_count", 42);
        return piece.put("done", false) + "\n" + last + "\n";
    }

    private static void send(HttpExchange exchange, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        try (OutputStream out = exchange.getResponseBody()) {
            exchange.sendResponseHeaders(200, bytes.length);
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
