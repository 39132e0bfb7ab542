package io.k8sincident.activities.execution;

import io.k8sincident.activities.audit.ChainedEntry;
import io.k8sincident.activities.execution.Settlement.Settled;
import io.k8sincident.activities.kubernetes.WriteAnswer;
import io.k8sincident.workflows.activity.ExecutionActivity.ExecutionRequest;
import io.k8sincident.workflows.model.Execution.Status;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Reads, compares, announces, sends once, and tells what became of it. Only what the API server has certainly not done,
 * because the object moved on between read and write, may be sent anew, after another comparison.
 */
final class Sender {
    private final Intents intents;
    private final Settlement settlement;
    private final Clock clock;

    Sender(Intents intents, Settlement settlement, Clock clock) {
        this.intents = intents;
        this.settlement = settlement;
        this.clock = clock;
    }

    /** @throws HaltedException if it ends without a write that may have happened */
    Settled send(ExecutionRequest request, Write write) {
        Conflict conflict = null;
        for (int sent = 1; ; sent++) {
            Attempt attempt = write.request().attempt(conflict);
            if (attempt instanceof Attempt.Done done) {
                return done.settled();
            }
            Attempt.Ready ready = (Attempt.Ready) attempt;
            write.requireTimely(clock.instant());
            ChainedEntry intent = intents.announce(request, write.mark(), ready);
            requireStillWanted(request, write, intent);
            WriteAnswer answer = write.request().send(ready);
            intents.answered(request, intent, answer);
            Settled settled = settled(intent, write, ready, answer);
            if (settled != null) {
                return settled;
            }
            conflict = new Conflict(answer, ready.resourceVersion());
            if (sent == write.request().sends()) {
                throw write.request().contested(conflict);
            }
        }
    }

    /** Announcing may have taken long, on a slow disk, and this executor may have been held up before. */
    private void requireStillWanted(ExecutionRequest request, Write write, ChainedEntry intent) {
        try {
            write.requireTimely(clock.instant());
            if (intents.givenUp(request, intent)) {
                throw new HaltedException(
                        Status.NOT_APPLIED, "it was given up before it was sent, since no answer came in time");
            }
        } catch (HaltedException e) {
            intents.answered(request, intent, WriteAnswer.notSent(String.valueOf(e.getMessage())));
            throw e;
        }
    }

    private @Nullable Settled settled(ChainedEntry intent, Write write, Attempt.Ready ready, WriteAnswer answer) {
        return switch (answer.kind()) {
            case APPLIED ->
                new Settled(Status.APPLIED, "applied", answer.object() == null ? "" : Live.version(answer.object()));
            case REFUSED ->
                throw answer.code() == 404 && answer.reason().equals("NotFound")
                        ? Live.gone(ready.object())
                        : refused(answer);
            case CONFLICT -> null;
            case UNKNOWN -> settlement.look(intent, write.request().trace());
        };
    }

    static HaltedException refused(WriteAnswer answer) {
        return new HaltedException(Status.REFUSED, "the API server refused the write: " + answer.describe());
    }
}
