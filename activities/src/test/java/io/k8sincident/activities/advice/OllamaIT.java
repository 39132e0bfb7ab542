package io.k8sincident.activities.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.advice.Progress.Stage;
import io.k8sincident.activities.diagnosis.Fixture;
import io.k8sincident.activities.testing.MemoryBlobStore;
import io.k8sincident.workflows.model.Advice;
import io.k8sincident.workflows.model.Advice.Status;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * A real Ollama server with a real model, however small: what goes over the wire and what happens when it goes wrong. What
 * a model says is not judged here.
 */
@EnabledIfEnvironmentVariable(
        named = OllamaIT.SERVER,
        matches = ".+",
        disabledReason =
                "set INCIDENT_REAL_OLLAMA to the address of an Ollama server, and INCIDENT_REAL_OLLAMA_MODEL to"
                        + " one of its models, to run this")
class OllamaIT {
    static final String SERVER = "INCIDENT_REAL_OLLAMA";
    static final String SCRIPT = "INCIDENT_REAL_OLLAMA_SCRIPT";
    private static final String OTHER_PORT = "21434";
    /** For a machine that does other things at the same time. */
    private static final Duration PATIENCE = Duration.ofMinutes(9);

    private final MemoryBlobStore blobs = new MemoryBlobStore();
    private final Fixture incident = Cases.crash();
    private final List<Progress> progress = new CopyOnWriteArrayList<>();

    private static AdviceSettings settings() {
        return AdviceSettings.of(URI.create(env(SERVER, "")), model())
                .tokens(4_096, 1_200)
                .within(PATIENCE);
    }

    private static String model() {
        return env("INCIDENT_REAL_OLLAMA_MODEL", "smollm2:135m");
    }

    private static String env(String name, String otherwise) {
        return System.getenv().getOrDefault(name, otherwise);
    }

    private Advice advise(AdviceSettings settings) {
        try (OllamaAdvisor advisor = new OllamaAdvisor(settings, blobs, Clock.systemUTC())) {
            return advisor.advise(incident.snapshot(), incident.diagnosis(), progress::add);
        }
    }

    @Test
    void answersInTheShapeThatIsAskedFor() {
        Advice advice = advise(settings());

        System.out.println(advice);
        assertThat(advice.status()).as(advice.reason()).isIn(Status.GIVEN, Status.ABSTAINED);
        assertThat(advice.promptTokens()).isPositive();
        assertThat(advice.answerTokens()).isPositive();
        assertThat(advice.ranking()).isSubsetOf("roll-back");
        assertThat(blobs.get(String.valueOf(advice.promptDigest()))).isPresent();
        assertThat(blobs.get(String.valueOf(advice.answerDigest()))).isPresent();
        assertThat(progress).extracting(Progress::stage).contains(Stage.READING, Stage.WRITING);
    }

    @Test
    void estimatesNoFewerTokensThanTheModelCounts() {
        Prompt prompt = prompt(settings());

        Advice advice = advise(settings().tokens(4_096, 8));

        System.out.println("estimated " + prompt.estimate() + ", counted " + advice.promptTokens());
        assertThat(prompt.estimate()).isBetween(advice.promptTokens(), 3 * advice.promptTokens());
    }

    @Test
    void saysThatAnAnswerWasCut() {
        Advice advice = advise(settings().tokens(4_096, 8));

        assertThat(advice.status()).isEqualTo(Status.UNAVAILABLE);
        assertThat(advice.reason()).isEqualTo("the model's answer was cut at 8 tokens (num_predict 8)");
    }

    @Test
    void refusesAPromptThatTheServerWouldCut() {
        AdviceSettings small = settings().tokens(512, 8);
        byte[] body = ChatRequest.body(small, prompt(settings()));

        try (OllamaServer server = new OllamaServer(small)) {
            assertThatThrownBy(() -> chat(server, small).ask(body))
                    .isInstanceOf(ModelTrouble.class)
                    .hasMessageContaining("exceeds the context length");
        }
    }

    @Test
    void noticesAPromptThatAnOlderServerCut() throws IOException, ModelTrouble, InterruptedException {
        AdviceSettings small = settings().tokens(512, 8);
        Prompt prompt = prompt(settings());
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode old = (ObjectNode) mapper.readTree(ChatRequest.body(small, prompt));
        byte[] body = mapper.writeValueAsBytes(old.without(List.of("truncate", "shift")));

        try (OllamaServer server = new OllamaServer(small)) {
            ChatAnswer answer = chat(server, small).ask(body);

            assertThatThrownBy(() -> Completeness.check(small, prompt, answer))
                    .isInstanceOf(ModelTrouble.class)
                    .hasMessageContaining("it was cut or left no room");
        }
    }

    @Test
    void namesTheCommandThatFetchesAMissingModel() {
        AdviceSettings missing = AdviceSettings.of(URI.create(env(SERVER, "")), "nope:1b");

        Advice advice = advise(missing);

        assertThat(advice.status()).isEqualTo(Status.UNAVAILABLE);
        assertThat(advice.reason()).contains("does not have the model nope:1b", "Next: ollama pull nope:1b");
    }

    @Test
    void anInterruptStopsTheModel() throws InterruptedException {
        AdviceSettings settings = settings();
        Thread caller = new Thread(() -> advise(settings));
        caller.start();
        await().atMost(PATIENCE).until(() -> progress.stream().anyMatch(one -> one.stage() == Stage.WRITING));

        long start = System.nanoTime();
        caller.interrupt();
        caller.join(2_000);
        Advice next = advise(settings.tokens(4_096, 1));

        assertThat(caller.isAlive()).isFalse();
        assertThat(next.reason()).contains("cut at 1 tokens");
        System.out.println("the next answer came after "
                + Duration.ofNanos(System.nanoTime() - start).toMillis() + " ms");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMinutes(1));
    }

    @Test
    void isFinishedByItsDeadline() {
        Advice advice = advise(settings().within(Duration.ofMillis(1_500)));

        assertThat(advice.status()).isEqualTo(Status.UNAVAILABLE);
        assertThat(advice.took()).isBetween(Duration.ofMillis(1_400), Duration.ofMillis(2_500));
    }

    @Test
    @EnabledIfEnvironmentVariable(
            named = SCRIPT,
            matches = ".+",
            disabledReason = "set INCIDENT_REAL_OLLAMA_SCRIPT to a script that knows up, crash and down to run this")
    void worksAgainAfterTheServerWasKilled() throws IOException, InterruptedException {
        AdviceSettings other = AdviceSettings.of(URI.create("http://127.0.0.1:" + OTHER_PORT), model())
                .tokens(4_096, 200)
                .within(PATIENCE);
        script("up");
        try (OllamaAdvisor advisor = new OllamaAdvisor(other, blobs, Clock.systemUTC())) {
            Thread killer = new Thread(this::killOnceItWrites);
            killer.start();
            Advice killed = advisor.advise(incident.snapshot(), incident.diagnosis(), progress::add);
            killer.join();
            Advice away = advisor.advise(incident.snapshot(), incident.diagnosis(), progress::add);
            script("up");
            Advice again = advisor.advise(incident.snapshot(), incident.diagnosis(), progress::add);

            System.out.println(killed.reason() + " | " + away.reason() + " | " + again.answerTokens() + " tokens");
            assertThat(killed.status()).isEqualTo(Status.UNAVAILABLE);
            assertThat(away.reason()).contains("no Ollama server answers", "Next: ollama serve");
            assertThat(again.answerTokens()).as(again.reason()).isPositive();
        } finally {
            script("down");
        }
    }

    private void killOnceItWrites() {
        await().atMost(PATIENCE).until(() -> progress.stream().anyMatch(one -> one.stage() == Stage.WRITING));
        try {
            script("crash");
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void script(String command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(env(SCRIPT, ""), command, "--port", OTHER_PORT)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(command).isZero();
    }

    private Prompt prompt(AdviceSettings settings) {
        return new PromptWriter(Cases.CAUSES, settings)
                .write(incident.snapshot(), incident.diagnosis())
                .orElseThrow();
    }

    private OllamaChat chat(OllamaServer server, AdviceSettings settings) {
        return new OllamaChat(server, settings, Deadline.in(PATIENCE), progress::add);
    }
}
