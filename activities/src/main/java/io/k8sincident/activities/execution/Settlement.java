package io.k8sincident.activities.execution;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.audit.ChainedEntry;
import io.k8sincident.activities.evidence.ClusterException;
import io.k8sincident.activities.kubernetes.ClusterWriter;
import io.k8sincident.activities.kubernetes.WriteAnswer;
import io.k8sincident.workflows.model.Execution.Status;
import io.k8sincident.workflows.model.Target;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Finds out by reading, never by sending, whether an announced write was applied. */
final class Settlement {
    /** How long the API server works on a request at most: its default {@code --request-timeout}. */
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(60);

    private static final Duration MARGIN = Duration.ofSeconds(15);

    private final ClusterWriter cluster;
    private final Intents intents;
    private final Clock clock;

    Settlement(ClusterWriter cluster, Intents intents, Clock clock) {
        this.cluster = cluster;
        this.intents = intents;
        this.clock = clock;
    }

    /** How a write stands: from the answer in the trail if there is one, else from the object. */
    Settled settle(String incident, String mark, Target target) {
        Optional<ChainedEntry> intent = intents.newest(incident, mark);
        if (intent.isEmpty()) {
            return Settled.NOTHING_SENT;
        }
        return intents.answer(intent.get()).flatMap(Settlement::answered).orElseGet(() -> look(intent.get(), target));
    }

    /** What was found. */
    record Settled(Status status, String message, String resourceVersion) {
        static final Settled NOTHING_SENT =
                new Settled(Status.NOT_APPLIED, "nothing was sent: the audit trail holds no intent", "");
    }

    /** How a write stands, from the object as it is now. */
    Settled look(ChainedEntry intent, Target target) {
        Optional<ObjectNode> live;
        try {
            live = cluster.read(target);
        } catch (ClusterException e) {
            return new Settled(Status.UNKNOWN, "whether it was applied is not known: " + e.getMessage(), "");
        }
        if (live.isEmpty() || !uid(live.get()).equals(intent.detail("uid"))) {
            return new Settled(
                    Status.UNKNOWN,
                    "the object that it was sent for does not exist any more; whether it was applied before cannot be"
                            + " read",
                    "");
        }
        String now = live.get().path("metadata").path("resourceVersion").asText();
        if (Write.markOf(live.get()).equals(intent.detail("mark"))) {
            return new Settled(Status.APPLIED, "it was applied: the object carries its annotation", now);
        }
        if (!now.equals(intent.detail("resourceVersion"))) {
            return new Settled(
                    Status.NOT_APPLIED,
                    "it was not applied: the object has moved on from the version that the write was bound to",
                    now);
        }
        boolean over = intent.time().plus(REQUEST_TIMEOUT).plus(MARGIN).isBefore(clock.instant());
        return over
                ? new Settled(Status.NOT_APPLIED, "it was not applied: the API server's time for it is over", now)
                : new Settled(Status.UNKNOWN, "it may still be under way", now);
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

    private static String uid(ObjectNode live) {
        return live.path("metadata").path("uid").asText();
    }
}
