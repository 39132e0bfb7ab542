package io.k8sincident.activities.execution;

import io.k8sincident.activities.audit.ChainedEntry;
import io.k8sincident.activities.evidence.ClusterException;
import io.k8sincident.activities.kubernetes.WriteAnswer;
import io.k8sincident.workflows.model.Execution.Status;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Finds out by reading, never by sending, whether an announced write was applied. */
final class Settlement {
    /** How long the API server works on a request at most: its default {@code --request-timeout}. */
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(60);

    private static final Duration MARGIN = Duration.ofSeconds(15);

    private final Intents intents;
    private final Clock clock;

    Settlement(Intents intents, Clock clock) {
        this.intents = intents;
        this.clock = clock;
    }

    /** How a write stands: from the answer in the trail if there is one, else from what it left in the cluster. */
    Settled settle(String incident, String mark, Trace trace) {
        Optional<ChainedEntry> intent = intents.newest(incident, mark);
        if (intent.isEmpty()) {
            return Settled.NOTHING_SENT;
        }
        return intents.answer(intent.get())
                .flatMap(Settlement::answered)
                .or(() -> intents.notApplied(intent.get()).map(why -> new Settled(Status.NOT_APPLIED, why, "")))
                .orElseGet(() -> look(intent.get(), trace));
    }

    /** What was found. */
    record Settled(Status status, String message, String resourceVersion) {
        static final Settled NOTHING_SENT =
                new Settled(Status.NOT_APPLIED, "nothing was sent: the audit trail holds no intent", "");

        /** Nothing of it can be seen, and it carries no proof that nothing will. */
        static Settled notSeen(boolean over, String resourceVersion) {
            return over
                    ? new Settled(
                            Status.NOT_APPLIED,
                            "it was not applied: the API server's time for it is over",
                            resourceVersion)
                    : new Settled(Status.UNKNOWN, "it may still be under way", resourceVersion);
        }
    }

    /**
     * How a write stands, from the cluster as it is now. That it was not applied is kept: what it would have done may be done
     * by others later, and a pod that is gone does not tell by whom.
     */
    Settled look(ChainedEntry intent, Trace trace) {
        Settled seen = seen(intent, trace);
        if (seen.status() == Status.NOT_APPLIED) {
            intents.settled(intent, seen.message());
        }
        return seen;
    }

    private Settled seen(ChainedEntry intent, Trace trace) {
        // Asked before the read: if it was over by then, nothing takes effect after what is read.
        boolean over = intent.time().plus(REQUEST_TIMEOUT).plus(MARGIN).isBefore(clock.instant());
        try {
            return trace.look(intent, over);
        } catch (ClusterException e) {
            return new Settled(Status.UNKNOWN, "whether it was applied is not known: " + e.getMessage(), "");
        }
    }

    private static Optional<Settled> answered(ChainedEntry answer) {
        String message = answer.detail("message");
        return switch (WriteAnswer.Kind.valueOf(answer.detail("answer"))) {
            case APPLIED ->
                Optional.of(new Settled(Status.APPLIED, "it was applied", answer.detail("resourceVersion")));
            case REFUSED, CONFLICT -> Optional.of(new Settled(Status.NOT_APPLIED, "it was refused: " + message, ""));
            case UNKNOWN -> Optional.empty();
        };
    }
}
