package io.k8sincident.activities.advice;

import io.k8sincident.activities.advice.AnswerCheck.Kept;
import io.k8sincident.activities.advice.ModelProbe.Readiness;
import io.k8sincident.activities.advice.ModelProbe.State;
import io.k8sincident.activities.advice.Turns.Turn;
import io.k8sincident.activities.blob.BlobException;
import io.k8sincident.activities.blob.BlobStore;
import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.activities.redaction.Redactor;
import io.k8sincident.activities.remediation.CauseCatalog;
import io.k8sincident.workflows.model.Advice;
import io.k8sincident.workflows.model.Advice.Status;
import io.k8sincident.workflows.model.Diagnosis;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks a model of an Ollama server, over its HTTP API. One for a process: it knows how many ask at once and how the
 * server has done. Close it when nobody will ask any more.
 */
public final class OllamaAdvisor implements Advisor, AutoCloseable {
    private static final Duration PROBED_FOR = Duration.ofSeconds(5);

    private final AdviceSettings settings;
    private final BlobStore blobs;
    private final CauseCatalog causes = CauseCatalog.standard();
    private final PromptWriter writer;
    private final OllamaServer server;
    private final OllamaProbe probe;
    private final Turns turns;
    private final ModelBreaker breaker;
    private final KeptAnswers kept = new KeptAnswers();

    /**
     * Asks this model.
     *
     * @param blobs where prompts and answers are kept, redacted
     * @param clock tells when a server that failed may be asked again
     */
    public OllamaAdvisor(AdviceSettings settings, BlobStore blobs, Clock clock) {
        this.settings = settings;
        this.blobs = blobs;
        this.writer = new PromptWriter(ids(causes), settings);
        this.server = new OllamaServer(settings);
        this.probe = new OllamaProbe(settings, server);
        this.turns = new Turns(settings.atOnce());
        this.breaker = new ModelBreaker(clock);
    }

    @Override
    public Advice advise(Snapshot snapshot, Diagnosis diagnosis, Progress.Listener progress) {
        Deadline deadline = Deadline.in(settings.deadline());
        Optional<Prompt> written = writer.write(snapshot, diagnosis);
        if (written.isEmpty()) {
            return Advice.unavailable(
                    settings.model(),
                    deadline.elapsed(),
                    "the evidence does not fit into a prompt of " + settings.contextTokens() + " tokens (num_ctx)");
        }
        Prompt prompt = written.get();
        byte[] body = ChatRequest.body(settings, prompt);
        Draft draft = new Draft(deadline);
        try {
            draft.promptDigest = blobs.put(body);
            draft.answer = answer(body, draft.promptDigest, deadline, progress);
            draft.answerDigest = blobs.put(Redactor.text(draft.answer.content()).getBytes(StandardCharsets.UTF_8));
            Completeness.check(settings, prompt, draft.answer);
            Answer answer = AnswerReader.read(draft.answer.content());
            kept.keep(draft.promptDigest, draft.answer);
            return answer.verdict().equals(AnswerSchema.ABSTAIN)
                    ? draft.advice(Status.ABSTAINED, "the model says that the evidence is not enough")
                    : given(draft, new AnswerCheck(prompt, snapshot, diagnosis, causes).of(answer));
        } catch (ModelTrouble e) {
            return draft.advice(Status.UNAVAILABLE, e.reason());
        } catch (BlobException e) {
            return draft.advice(Status.UNAVAILABLE, "the prompt or its answer could not be kept: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return draft.advice(Status.UNAVAILABLE, "it was interrupted");
        }
    }

    private ChatAnswer answer(byte[] body, String promptDigest, Deadline deadline, Progress.Listener progress)
            throws ModelTrouble, InterruptedException {
        Optional<ChatAnswer> known = kept.find(promptDigest);
        if (known.isPresent()) {
            return known.get();
        }
        try (Turn turn = turns.take(deadline, progress)) {
            breaker.enter();
            boolean decided = false;
            try {
                ready(deadline);
                ChatAnswer answer = new OllamaChat(server, settings, deadline, progress).ask(body);
                breaker.succeeded();
                decided = true;
                return answer;
            } catch (ModelTrouble e) {
                if (e.ofTheServer()) {
                    breaker.failed();
                } else {
                    breaker.succeeded();
                }
                decided = true;
                throw e;
            } finally {
                if (!decided) {
                    breaker.undecided();
                }
            }
        }
    }

    private void ready(Deadline deadline) throws ModelTrouble, InterruptedException {
        Readiness readiness = probe.probe(Deadline.in(deadline.left(PROBED_FOR)));
        if (!readiness.ready()) {
            String message = readiness.message() + ". Next: " + String.join("; ", readiness.commands());
            throw readiness.state() == State.MODEL_MISSING
                    ? ModelTrouble.answer(message)
                    : ModelTrouble.server(message);
        }
    }

    private static Advice given(Draft draft, Kept kept) {
        boolean anything = kept.summary() != null
                || !kept.claims().isEmpty()
                || !kept.hypotheses().isEmpty()
                || !kept.ranking().isEmpty();
        // What was dropped is counted beside; it needs no sentence of its own.
        String reason = anything ? "" : "nothing in the model's answer could be held against the evidence";
        return draft.advice(anything ? Status.GIVEN : Status.ABSTAINED, reason, kept);
    }

    private static List<String> ids(CauseCatalog causes) {
        return causes.entries().stream().map(CauseCatalog.Entry::id).sorted().toList();
    }

    @Override
    public void close() {
        server.close();
    }

    /** What is known of the advice so far. */
    private final class Draft {
        private final Deadline deadline;
        private @Nullable String promptDigest;
        private @Nullable String answerDigest;
        private @Nullable ChatAnswer answer;

        Draft(Deadline deadline) {
            this.deadline = deadline;
        }

        Advice advice(Status status, String reason) {
            return advice(status, reason, Kept.NOTHING);
        }

        Advice advice(Status status, String reason, Kept kept) {
            return AdviceSize.fitted(new Advice(
                    status,
                    settings.model(),
                    promptDigest,
                    answerDigest,
                    deadline.elapsed(),
                    answer == null ? 0 : answer.promptTokens(),
                    answer == null ? 0 : answer.answerTokens(),
                    kept.cause(),
                    kept.agreement(),
                    kept.ranking(),
                    kept.summary(),
                    kept.claims(),
                    kept.hypotheses(),
                    kept.evidence(),
                    kept.dropped(),
                    reason));
        }
    }
}
