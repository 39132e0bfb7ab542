package io.k8sincident.activities.advice;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import io.k8sincident.activities.diagnosis.Fixture;
import io.k8sincident.activities.testing.FaultRow;
import io.k8sincident.activities.testing.MemoryBlobStore;
import io.k8sincident.activities.testing.TestClock;
import io.k8sincident.workflows.model.Advice;
import io.k8sincident.workflows.model.Advice.Status;
import io.k8sincident.workflows.model.DropReason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a model's server does, there is an answer within the deadline, and it says what is missing. How many calls must
 * leave no thread behind is the system property {@code model.calls}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@FaultRow("model down, slow, garbage, lies")
class ModelFaultsTest {
    private static final int CALLS = Integer.getInteger("model.calls", 100);
    private static final String MODEL = "faulty:1b";
    private static final Duration DEADLINE = Duration.ofSeconds(1);
    /** Of what ends by itself; longer than a cold JVM on a busy machine takes. */
    private static final Duration GENEROUS = Duration.ofSeconds(20);
    /** For a machine that is busy with other tests. */
    private static final Duration MARGIN = Duration.ofSeconds(2);

    private final WireMockServer server = new WireMockServer(WireMockConfiguration.options()
            .dynamicPort()
            .bindAddress("127.0.0.1")
            .containerThreads(64)
            .disableRequestJournal());
    private final Fixture incident = Cases.crash();

    @BeforeAll
    void start() {
        server.start();
    }

    @AfterAll
    void stop() {
        server.stop();
    }

    @BeforeEach
    void reset() {
        server.resetAll();
        server.stubFor(get("/api/tags").willReturn(okJson("{\"models\":[{\"name\":\"" + MODEL + "\"}]}")));
    }

    private AdviceSettings settings() {
        return AdviceSettings.of(URI.create("http://127.0.0.1:" + server.port()), MODEL)
                .within(GENEROUS);
    }

    private Advice advise(AdviceSettings settings) {
        try (OllamaAdvisor advisor = new OllamaAdvisor(settings, new MemoryBlobStore(), new TestClock(Fixture.NOW))) {
            return advisor.advise(incident.snapshot(), incident.diagnosis(), progress -> {});
        }
    }

    private static ResponseDefinitionBuilder written(String content) {
        return ok(piece(content) + last("stop", 500));
    }

    private static String piece(String content) {
        return "{\"message\":{\"content\":" + TextNode.valueOf(content) + "},\"done\":false}\n";
    }

    private static String last(String reason, int promptTokens) {
        return "{\"message\":{\"content\":\"\"},\"done\":true,\"done_reason\":\"" + reason + "\",\"prompt_eval_count\":"
                + promptTokens + ",\"eval_count\":40}\n";
    }

    private static String fine(String more) {
        return Said.of("app-exit", "roll-back", "E2", "panic: cannot open table orders", "The table cannot be opened")
                + more;
    }

    static Map<String, ResponseDefinitionBuilder> faults() {
        Map<String, ResponseDefinitionBuilder> faults = new LinkedHashMap<>();
        faults.put("did not finish within 1 s", written(fine("")).withFixedDelay(60_000));
        faults.put("did not finish within 1 s, stalled", written(fine("")).withChunkedDribbleDelay(4, 60_000));
        faults.put("broke", aResponse().withStatus(200).withFault(Fault.MALFORMED_RESPONSE_CHUNK));
        faults.put("broke, reset", aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
        faults.put("broke, nothing sent", aResponse().withFault(Fault.EMPTY_RESPONSE));
        faults.put("broke, random bytes", aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE));
        faults.put("broke off after 1 tokens", ok(piece(fine(""))));
        faults.put("broke off after 0 tokens", ok(""));
        faults.put("does not answer as Ollama does", ok("<html>it works</html>"));
        faults.put("ended without an answer (load)", ok(last("load", 500)));
        faults.put("failed: out of memory", ok(piece("{") + "{\"error\":\"out of memory\"}\n"));
        faults.put("answer is empty", written("  \n  "));
        faults.put("does not follow the schema", written("The pod is fine, do nothing."));
        faults.put("does not follow the schema, another", written("{\"claims\":\"none\"}"));
        faults.put("does not follow the schema, cut", written(fine("").substring(0, 90)));
        faults.put("does not follow the schema, more after it", written(fine("{\"claims\":[]}")));
        faults.put(
                "does not follow the schema, an action", written(fine("").replaceFirst("\\{", "{\"action\":\"x\",")));
        faults.put("does not follow the schema, a number", written(fine("").replace("\"app-exit\"", "7")));
        faults.put("does not follow the schema, nesting", written("[".repeat(5_000)));
        faults.put("was cut at 40 tokens", ok(piece(fine("")) + last("length", 500)));
        faults.put("so that it was cut", ok(piece(fine("")) + last("stop", 8_192)));
        faults.put("so that it was cut, most of it", ok(piece(fine("")) + last("stop", 20)));
        faults.put("did not say how much", ok(piece(fine("")) + last("stop", 0)));
        faults.put("status 400: no", aResponse().withStatus(400).withBody("{\"error\":\"no\"}"));
        faults.put("is not on the server", aResponse().withStatus(404).withBody("{\"error\":\"not found\"}"));
        faults.put("status 429", aResponse().withStatus(429));
        faults.put("status 500", aResponse().withStatus(500).withBody("<html>oops</html>"));
        faults.put("status 503", aResponse().withStatus(503).withBody("\u0000\u001b[31m".repeat(9)));
        faults.put("status 302", aResponse().withStatus(302).withHeader("Location", "http://127.0.0.1:9/"));
        faults.put("far more than was asked for", ok("x".repeat(4_000_000)));
        faults.put(
                "far more than was asked for, in pieces",
                ok(piece("x".repeat(1_000)).repeat(900)));
        return faults;
    }

    static Stream<Arguments> named() {
        return faults().entrySet().stream().map(fault -> Arguments.of(fault.getKey(), fault.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("named")
    void isOnlyMissingWhen(String what, ResponseDefinitionBuilder fault) {
        server.stubFor(post("/api/chat").willReturn(fault));

        boolean waits = what.startsWith("did not finish");
        Advice advice = advise(waits ? settings().within(DEADLINE) : settings());

        System.out.printf(
                "| %s | %s | %d ms |%n", what, advice.status(), advice.took().toMillis());
        assertThat(advice.status()).isEqualTo(Status.UNAVAILABLE);
        assertThat(advice.reason()).contains(what.split(", ", -1)[0]).doesNotContainPattern("\\p{Cntrl}");
        assertThat(advice.kept()).isZero();
        assertThat(advice.ranking()).isEmpty();
        assertThat(advice.promptDigest()).isNotNull();
        assertThat(advice.took()).isLessThan((waits ? DEADLINE : GENEROUS).plus(MARGIN));
    }

    @Test
    void isThereWhenNothingIsWrong() {
        server.stubFor(post("/api/chat").willReturn(written(fine("") + " \n ".repeat(300))));

        Advice advice = advise(settings());

        assertThat(advice.status()).as(advice.reason()).isEqualTo(Status.GIVEN);
        assertThat(advice.claims()).hasSize(1);
        assertThat(advice.reason()).isEmpty();
    }

    @Test
    void losesWhatIsValidAndNotTrue() {
        String lie = Said.of("oom-limit", "delete-everything", "E99", "out of memory, killed", "It needs more memory");
        server.stubFor(post("/api/chat").willReturn(written(lie)));

        Advice advice = advise(settings());

        assertThat(advice.status()).isEqualTo(Status.ABSTAINED);
        assertThat(advice.cause()).isNull();
        assertThat(advice.dropped())
                .isEqualTo(Map.of(DropReason.UNKNOWN_OBSERVATION, 2, DropReason.UNKNOWN_RUNBOOK, 1));
    }

    @Test
    void isOnlyMissingWhenNobodyListens() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }

        Advice advice = advise(AdviceSettings.of(URI.create("http://127.0.0.1:" + free), MODEL));

        assertThat(advice.reason())
                .isEqualTo("no Ollama server answers at http://127.0.0.1:" + free + ". Next: ollama serve");
    }

    @Test
    void aListenerThatGivesUpEndsTheRequest() {
        server.stubFor(post("/api/chat").willReturn(written(fine("")).withFixedDelay(60_000)));
        AdviceSettings settings = settings().within(Duration.ofSeconds(50));
        long start = System.nanoTime();

        try (OllamaAdvisor advisor = new OllamaAdvisor(settings, new MemoryBlobStore(), new TestClock(Fixture.NOW))) {
            assertThatThrownBy(() -> advisor.advise(incident.snapshot(), incident.diagnosis(), progress -> {
                        if (progress.elapsed().toMillis() > 900) {
                            throw new IllegalStateException("cancelled");
                        }
                    }))
                    .hasMessage("cancelled");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    /** Each of the quick faults in turn, and stalled ones with a deadline that is over at once. */
    @Test
    void leavesNoThreadBehindAfterManyCalls() {
        List<Entry<String, ResponseDefinitionBuilder>> quick = faults().entrySet().stream()
                .filter(fault -> !fault.getKey().contains("did not finish")
                        && !fault.getKey().contains("far more"))
                .toList();
        TestClock clock = new TestClock(Fixture.NOW);
        MemoryBlobStore blobs = new MemoryBlobStore();
        int calls = 0;
        int answered = 0;
        try (OllamaAdvisor advisor = new OllamaAdvisor(settings(), blobs, clock);
                OllamaAdvisor hasty = new OllamaAdvisor(settings().within(Duration.ofMillis(40)), blobs, clock)) {
            advisor.advise(incident.snapshot(), incident.diagnosis(), progress -> {});
            hasty.advise(incident.snapshot(), incident.diagnosis(), progress -> {});
            long before = threads();
            while (calls < CALLS) {
                boolean stalled = calls % 10 == 9;
                server.stubFor(post(anyUrl())
                        .willReturn(
                                stalled
                                        ? written(fine("")).withChunkedDribbleDelay(4, 2_000)
                                        : quick.get(calls % quick.size()).getValue()));
                clock.advance(ModelBreaker.COOLDOWN.plusSeconds(1));
                Advice advice =
                        (stalled ? hasty : advisor).advise(incident.snapshot(), incident.diagnosis(), progress -> {});
                calls++;
                answered += advice.status() == Status.UNAVAILABLE ? 1 : 0;
            }
            System.out.printf(
                    "%d calls, %d without advice, threads of ours %d before and %d after%n",
                    calls, answered, before, threads());
            assertThat(answered).isEqualTo(CALLS);
            assertThat(threads()).isLessThanOrEqualTo(before);
        }
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("advice-") || name.startsWith("HttpClient-"))
                .count();
    }
}
