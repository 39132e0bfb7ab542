package io.k8sincident.activities.advice;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.k8sincident.activities.advice.Exchange.Event;
import java.time.Duration;
import java.util.List;

/** Asks an Ollama server for its models ({@code GET /api/tags}). */
public final class OllamaProbe implements ModelProbe, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MOST_BYTES = 1_048_576;
    private static final int MOST_NAMED = 5;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final AdviceSettings settings;
    private final OllamaServer server;

    public OllamaProbe(AdviceSettings settings) {
        this(settings, new OllamaServer(settings));
    }

    OllamaProbe(AdviceSettings settings, OllamaServer server) {
        this.settings = settings;
        this.server = server;
    }

    @Override
    public Readiness probe() {
        try {
            return probe(Deadline.in(PATIENCE));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return unusable("was not asked to the end: interrupted");
        }
    }

    Readiness probe(Deadline deadline) throws InterruptedException {
        StringBuilder body = new StringBuilder();
        try (Exchange exchange = server.get("/api/tags", MOST_BYTES)) {
            while (true) {
                Event event = exchange.next(deadline.left(PATIENCE));
                if (event == null) {
                    return unreachable(server.nobody() + " within " + OllamaChat.words(deadline.length()));
                }
                switch (event.kind()) {
                    case HEAD -> {
                        if (event.status() != 200) {
                            return unusable("answered with status " + event.status());
                        }
                    }
                    case LINE -> body.append(event.line()).append('\n');
                    case END -> {
                        return found(body.toString());
                    }
                    case BROKEN -> {
                        return unreachable(event.problem() == null ? server.nobody() : server.words(event.problem()));
                    }
                    case TOO_LARGE -> {
                        return unusable("sends more than a list of models");
                    }
                }
            }
        }
    }

    private Readiness found(String body) {
        JsonNode models;
        try {
            models = MAPPER.readTree(body).path("models");
        } catch (JsonProcessingException e) {
            return unusable("does not answer with a list of models");
        }
        if (!models.isArray()) {
            return unusable("does not answer with a list of models");
        }
        List<String> names = models.findValuesAsText("name");
        if (names.contains(full(settings.model()))) {
            return new Readiness(State.READY, settings.model() + " is ready at " + settings.baseUrl(), List.of());
        }
        List<String> others = names.stream()
                .limit(MOST_NAMED)
                .map(name -> Shown.line(name, 80))
                .toList();
        return new Readiness(
                State.MODEL_MISSING,
                "the Ollama server at " + settings.baseUrl() + " does not have the model " + settings.model()
                        + (others.isEmpty() ? ", nor any other" : "; it has " + String.join(", ", others)),
                List.of("ollama pull " + settings.model()));
    }

    /** As the server lists it: without a tag it is the latest. */
    private static String full(String model) {
        return model.substring(model.lastIndexOf('/') + 1).contains(":") ? model : model + ":latest";
    }

    private static Readiness unreachable(String message) {
        return new Readiness(State.UNREACHABLE, message, List.of("ollama serve"));
    }

    private Readiness unusable(String what) {
        return new Readiness(
                State.UNUSABLE, "what listens at " + settings.baseUrl() + " " + what, List.of("ollama serve"));
    }

    @Override
    public void close() {
        server.close();
    }
}
