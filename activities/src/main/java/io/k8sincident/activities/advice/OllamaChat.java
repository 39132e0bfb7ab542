package io.k8sincident.activities.advice;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.k8sincident.activities.advice.Exchange.Event;
import io.k8sincident.activities.advice.Exchange.Kind;
import io.k8sincident.activities.advice.Progress.Stage;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One question to {@code /api/chat}, whose answer streams in as a JSON object a line. Used once, by one thread. */
final class OllamaChat {
    private static final Duration TICK = Duration.ofSeconds(1);
    /** A model that has begun to write and then says nothing for so long has stopped. */
    private static final Duration STALLED = Duration.ofSeconds(20);

    private static final int BYTES_PER_TOKEN = 1_024;
    private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(16).build())
            .build());

    private final OllamaServer server;
    private final AdviceSettings settings;
    private final Deadline deadline;
    private final Progress.Listener listener;
    private final StringBuilder content = new StringBuilder();
    private int status;
    private int pieces;
    private Duration told = Duration.ZERO;
    private Duration heard = Duration.ZERO;

    OllamaChat(OllamaServer server, AdviceSettings settings, Deadline deadline, Progress.Listener listener) {
        this.server = server;
        this.settings = settings;
        this.deadline = deadline;
        this.listener = listener;
    }

    /** Asks and waits, not beyond the deadline; however it ends, the request has ended with it. */
    ChatAnswer ask(byte[] body) throws ModelTrouble, InterruptedException {
        // A question changes nothing, so it may be sent again; twice, since the second may meet a kept connection as
        // well.
        Optional<ChatAnswer> answer = attempt(body, true);
        if (answer.isEmpty()) {
            answer = attempt(body, true);
        }
        return answer.isPresent() ? answer.get() : attempt(body, false).orElseThrow();
    }

    /** Nothing if the connection broke before anything came back, as one does that was kept from an earlier exchange. */
    private Optional<ChatAnswer> attempt(byte[] body, boolean again) throws ModelTrouble, InterruptedException {
        int mostBytes = ChatAnswer.LONGEST + BYTES_PER_TOKEN * settings.answerTokens();
        try (Exchange exchange = server.post("/api/chat", body, mostBytes)) {
            tell();
            while (true) {
                Event event = exchange.next(deadline.left(TICK));
                if (event != null) {
                    if (again && status == 0 && event.kind() == Kind.BROKEN) {
                        return Optional.empty();
                    }
                    heard = deadline.elapsed();
                    Optional<ChatAnswer> answer = taken(event);
                    if (answer.isPresent()) {
                        return answer;
                    }
                }
                patience();
            }
        }
    }

    private void patience() throws ModelTrouble {
        if (deadline.passed()) {
            throw ModelTrouble.server("the model did not finish within " + words(deadline.length())
                    + (pieces == 0 ? ", and had not begun to answer" : ", after " + pieces + " tokens"));
        }
        if (pieces > 0 && deadline.elapsed().minus(heard).compareTo(STALLED) > 0) {
            throw ModelTrouble.server("the model's answer stopped after " + pieces + " tokens");
        }
        if (deadline.elapsed().minus(told).compareTo(TICK) >= 0) {
            tell();
        }
    }

    private void tell() {
        told = deadline.elapsed();
        listener.progressed(new Progress(pieces == 0 ? Stage.READING : Stage.WRITING, pieces, told));
    }

    private Optional<ChatAnswer> taken(Event event) throws ModelTrouble {
        switch (event.kind()) {
            case HEAD -> status = event.status();
            case LINE -> {
                return line(event.line());
            }
            case END ->
                throw status == 200
                        ? ModelTrouble.server("the model's answer broke off after " + pieces + " tokens")
                        : refused("");
            case BROKEN -> throw ModelTrouble.server(problem(event.problem()));
            case TOO_LARGE -> throw ModelTrouble.server("the model's server sent far more than was asked for");
        }
        return Optional.empty();
    }

    private String problem(@Nullable Throwable problem) {
        return problem == null ? "the connection to the model's server broke" : server.words(problem);
    }

    private Optional<ChatAnswer> line(String line) throws ModelTrouble {
        JsonNode json = json(line);
        if (status != 200) {
            throw refused(json.path("error").asText(""));
        }
        if (!json.isObject()) {
            throw ModelTrouble.server("the model's server does not answer as Ollama does");
        }
        if (json.has("error")) {
            throw ModelTrouble.server("the model's server failed: "
                    + Shown.line(json.path("error").asText(), 160));
        }
        content.append(json.path("message").path("content").asText(""));
        if (content.length() > ChatAnswer.LONGEST) {
            throw ModelTrouble.server("the model's server sent far more than was asked for");
        }
        if (!json.path("done").asBoolean(false)) {
            pieces++;
            return Optional.empty();
        }
        return Optional.of(finished(json));
    }

    private ChatAnswer finished(JsonNode last) throws ModelTrouble {
        String reason = last.path("done_reason").asText("");
        if (!reason.equals("stop") && !reason.equals("length")) {
            throw ModelTrouble.server("the model ended without an answer (" + Shown.line(reason, 40) + ")");
        }
        return new ChatAnswer(
                content.toString(),
                reason.equals("length"),
                last.path("prompt_eval_count").asInt(0),
                last.path("eval_count").asInt(0));
    }

    private JsonNode json(String line) {
        try {
            JsonNode json = MAPPER.readTree(line);
            return json == null ? MAPPER.missingNode() : json;
        } catch (JsonProcessingException e) {
            return MAPPER.missingNode();
        }
    }

    private ModelTrouble refused(String error) {
        String said = error.isEmpty() ? "" : ": " + Shown.line(error, 160);
        if (status == 404) {
            return ModelTrouble.answer("the model " + settings.model() + " is not on the server" + said
                    + ". Next: ollama pull " + settings.model());
        }
        String message = "the model's server answered with status " + status + said;
        return status >= 500 || status == 429 ? ModelTrouble.server(message) : ModelTrouble.answer(message);
    }

    static String words(Duration time) {
        return time.toMillis() < 1_000 ? time.toMillis() + " ms" : time.toSeconds() + " s";
    }
}
