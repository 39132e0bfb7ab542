package io.k8sincident.activities.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.k8sincident.activities.blob.BlobException;
import io.k8sincident.activities.blob.BlobStore;
import io.k8sincident.activities.diagnosis.Fixture;
import io.k8sincident.activities.testing.MemoryBlobStore;
import io.k8sincident.activities.testing.TestClock;
import io.k8sincident.workflows.model.Advice;
import io.k8sincident.workflows.model.Advice.Agreement;
import io.k8sincident.workflows.model.Advice.Status;
import io.k8sincident.workflows.workflow.WireFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OllamaAdvisorTest {
    private static final String QUOTE = "panic: cannot open table orders";

    private final MemoryBlobStore blobs = new MemoryBlobStore();
    private final TestClock clock = new TestClock(Fixture.NOW);

    private static String answer(String cause) {
        return Said.of(cause, "roll-back", "L1", QUOTE, "The table orders cannot be opened");
    }

    private Advice advise(ScriptedOllama server, Fixture incident) {
        try (OllamaAdvisor advisor = new OllamaAdvisor(server.settings(), blobs, clock)) {
            return advisor.advise(incident.snapshot(), incident.diagnosis(), progress -> {});
        }
    }

    @Test
    void saysWhatTheModelSaysWithItsProof() throws IOException {
        try (ScriptedOllama server = new ScriptedOllama(question -> answer("app-exit"))) {
            Advice advice = advise(server, Cases.crash());

            assertThat(advice.status()).as(advice.reason()).isEqualTo(Status.GIVEN);
            assertThat(advice.agreement()).isEqualTo(Agreement.AGREES);
            assertThat(advice.ranking()).containsExactly("roll-back");
            assertThat(advice.claims())
                    .hasSize(1)
                    .allSatisfy(claim -> assertThat(claim.quote()).isEqualTo(QUOTE));
            assertThat(advice.evidence())
                    .hasSize(1)
                    .allSatisfy(observation -> assertThat(observation.id()).isEqualTo("L1"));
            assertThat(advice.answerTokens()).isEqualTo(42);
        }
    }

    @Test
    void showsADisagreement() throws IOException {
        try (ScriptedOllama server = new ScriptedOllama(question -> answer("oom-limit"))) {
            Advice advice = advise(server, Cases.crash());

            assertThat(advice.cause()).isEqualTo("oom-limit");
            assertThat(advice.agreement()).isEqualTo(Agreement.DISAGREES);
        }
    }

    @Test
    void keepsExactlyWhatWasSent() throws IOException {
        try (ScriptedOllama server = new ScriptedOllama(question -> answer("app-exit"))) {
            Advice advice = advise(server, Cases.crash());

            byte[] kept = blobs.get(String.valueOf(advice.promptDigest())).orElseThrow();
            assertThat(WireFormat.mapper().readTree(kept))
                    .isEqualTo(server.questions().get(0));
            assertThat(blobs.get(String.valueOf(advice.answerDigest())))
                    .hasValueSatisfying(bytes -> assertThat(new String(bytes, StandardCharsets.UTF_8))
                            .isEqualTo(answer("app-exit")));
            JsonNode options = server.questions().get(0).get("options");
            assertThat(options.get("temperature").asInt()).isZero();
            assertThat(options.has("seed")).isTrue();
            assertThat(options.get("num_predict").asInt()).isEqualTo(AdviceSettings.DEFAULT_ANSWER);
        }
    }

    @Test
    void travelsToTemporalAndBack() throws IOException {
        try (ScriptedOllama server = new ScriptedOllama(question -> answer("oom-limit"))) {
            Advice advice = advise(server, Cases.crash());

            byte[] json = WireFormat.mapper().writeValueAsBytes(advice);
            assertThat(WireFormat.mapper().readValue(json, Advice.class)).isEqualTo(advice);
        }
    }

    @Test
    void asksTheSameQuestionOnce() throws IOException {
        Fixture incident = Cases.crash();
        try (ScriptedOllama server = new ScriptedOllama(question -> answer("app-exit"));
                OllamaAdvisor advisor = new OllamaAdvisor(server.settings(), blobs, clock)) {
            Advice first = advisor.advise(incident.snapshot(), incident.diagnosis(), progress -> {});
            Advice second = advisor.advise(incident.snapshot(), incident.diagnosis(), progress -> {});

            assertThat(server.questions()).hasSize(1);
            assertThat(second.claims()).isEqualTo(first.claims());
            assertThat(second.promptDigest()).isEqualTo(first.promptDigest());
        }
    }

    @Test
    void guessesOnlyWhereTheRulesAbstain() throws IOException {
        Fixture incident = Fixture.rollout(
                "image: 'shop:1'", "image: 'shop:2'", Fixture.waiting("SomethingNew", "the kubelet says nothing more"));
        assertThat(incident.diagnosis().abstained()).isTrue();
        String guess = answer("unknown")
                .replaceFirst(
                        "\\{",
                        "{\"hypotheses\":[{\"cause\":\"missing-secret\",\"observation\":\"E1\",\"quote\":\"SomethingNew\","
                                + "\"text\":\"A Secret may be missing\"}],");
        try (ScriptedOllama server = new ScriptedOllama(question -> guess)) {
            Advice advice = advise(server, incident);

            assertThat(advice.status()).as(advice.reason()).isEqualTo(Status.GIVEN);
            assertThat(advice.hypotheses()).hasSize(1).allSatisfy(hypothesis -> {
                assertThat(hypothesis.cause()).isEqualTo("missing-secret");
                assertThat(hypothesis.check().command()).isEqualTo("kubectl describe deployment/web -n demo");
            });
            assertThat(advice.agreement()).isEqualTo(Agreement.NOT_COMPARABLE);
        }
    }

    @Test
    void abstainsAsTheModelDoes() throws IOException {
        String abstains = answer("app-exit").replace("\"advice\"", "\"not_enough_evidence\"");
        try (ScriptedOllama server = new ScriptedOllama(question -> abstains)) {
            Advice advice = advise(server, Cases.crash());

            assertThat(advice.status()).isEqualTo(Status.ABSTAINED);
            assertThat(advice.kept()).isZero();
        }
    }

    @Test
    void asksNoMoreThanTwoAtATime() throws IOException, InterruptedException, ExecutionException {
        // By their text: where a pooled connection breaks, a question is sent anew, and the server has it twice.
        Set<String> now = ConcurrentHashMap.newKeySet();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch go = new CountDownLatch(1);
        ExecutorService callers = Executors.newFixedThreadPool(5);
        try (ScriptedOllama server = new ScriptedOllama(question -> {
                    now.add(question.toString());
                    most.accumulateAndGet(now.size(), Math::max);
                    hold(go);
                    now.remove(question.toString());
                    return answer("app-exit");
                });
                OllamaAdvisor advisor = new OllamaAdvisor(server.settings(), blobs, clock)) {
            List<CompletableFuture<Advice>> all = IntStream.range(0, 5)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> {
                                Fixture incident = Cases.crash("number " + i + "\n" + QUOTE);
                                return advisor.advise(incident.snapshot(), incident.diagnosis(), progress -> {});
                            },
                            callers))
                    .toList();
            await().atMost(Duration.ofSeconds(15))
                    .untilAsserted(() -> assertThat(now)
                            .as("asked at once, while %s", ended(all))
                            .hasSize(2));
            go.countDown();

            for (CompletableFuture<Advice> one : all) {
                assertThat(one.get().status()).as(one.get().reason()).isEqualTo(Status.GIVEN);
            }
            assertThat(most.get()).isEqualTo(2);
        } finally {
            callers.shutdownNow();
        }
    }

    private static List<String> ended(List<CompletableFuture<Advice>> all) {
        return all.stream()
                .filter(CompletableFuture::isDone)
                .map(one -> one.join().status() + ": " + one.join().reason())
                .toList();
    }

    private static void hold(CountDownLatch go) {
        try {
            go.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void doesNotAskAServerAgainThatFailedThreeTimesInARow() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        try (ScriptedOllama server = new ScriptedOllama(question -> {
                    if (asked.incrementAndGet() <= 9) {
                        throw new IllegalStateException("the model's process is gone");
                    }
                    return answer("app-exit");
                });
                OllamaAdvisor advisor =
                        new OllamaAdvisor(server.settings().within(Duration.ofSeconds(10)), blobs, clock)) {
            for (int i = 0; i < 3; i++) {
                assertThat(one(advisor).status()).isEqualTo(Status.UNAVAILABLE);
            }
            assertThat(one(advisor).reason()).contains("failed 3 times in a row");
            assertThat(asked.get()).as("each question is sent again twice").isEqualTo(9);

            clock.advance(ModelBreaker.COOLDOWN);
            assertThat(one(advisor).status()).isEqualTo(Status.GIVEN);
        }
    }

    private static Advice one(OllamaAdvisor advisor) {
        Fixture incident = Cases.crash();
        return advisor.advise(incident.snapshot(), incident.diagnosis(), progress -> {});
    }

    @Test
    void asksNothingThatCouldNotBeKept() throws IOException {
        BlobStore full = new BlobStore() {
            @Override
            public String put(byte[] content) {
                throw new BlobException("the disk is full", new IOException());
            }

            @Override
            public Optional<byte[]> get(String digest) {
                return Optional.empty();
            }
        };
        try (ScriptedOllama server = new ScriptedOllama(question -> answer("app-exit"));
                OllamaAdvisor advisor = new OllamaAdvisor(server.settings(), full, clock)) {
            Advice advice = one(advisor);

            assertThat(advice.reason()).contains("could not be kept: the disk is full");
            assertThat(server.questions()).isEmpty();
        }
    }

    @Test
    void saysThatAPromptDoesNotFit() throws IOException {
        Fixture incident = Cases.crash();
        try (ScriptedOllama server = new ScriptedOllama(question -> answer("app-exit"));
                OllamaAdvisor advisor = new OllamaAdvisor(server.settings().tokens(512, 64), blobs, clock)) {
            assertThat(advisor.advise(incident.snapshot(), incident.diagnosis(), progress -> {})
                            .reason())
                    .contains("does not fit into a prompt of 512 tokens");
            assertThat(server.questions()).isEmpty();
        }
    }
}
