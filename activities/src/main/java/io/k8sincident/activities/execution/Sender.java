package io.k8sincident.activities.execution;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.audit.ChainedEntry;
import io.k8sincident.activities.evidence.ClusterException;
import io.k8sincident.activities.execution.Settlement.Settled;
import io.k8sincident.activities.kubernetes.ClusterWriter;
import io.k8sincident.activities.kubernetes.MergePatch;
import io.k8sincident.activities.kubernetes.WriteAnswer;
import io.k8sincident.activities.plan.ChangeRefusedException;
import io.k8sincident.workflows.activity.ExecutionActivity.ExecutionRequest;
import io.k8sincident.workflows.model.Execution.Status;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Reads, compares, announces, sends once, and tells what became of it. Only what the API server has certainly not done,
 * because the object moved on between read and write, is sent anew, after another comparison.
 */
final class Sender {
    private static final int SENDS = 3;
    private static final int UNPROCESSABLE = 422;

    private final ClusterWriter cluster;
    private final Intents intents;
    private final Settlement settlement;
    private final Clock clock;

    Sender(ClusterWriter cluster, Intents intents, Settlement settlement, Clock clock) {
        this.cluster = cluster;
        this.intents = intents;
        this.settlement = settlement;
        this.clock = clock;
    }

    /** @throws HaltedException if it ends without a write that may have happened */
    Settled send(ExecutionRequest request, Write write) {
        Conflict conflict = null;
        for (int sent = 0; sent < SENDS; sent++) {
            ObjectNode live = read(write);
            if (Write.markOf(live).equals(write.mark())) {
                return new Settled(Status.APPLIED, "it was applied before", versionOf(live));
            }
            compare(write, live);
            if (conflict != null) {
                conflict.requireExplained(live);
            }
            ObjectNode patch = MergePatch.guarded(MergePatch.between(live, desired(write, live)), live);
            write.requireTimely(clock.instant());
            ChainedEntry intent = intents.announce(request, write, patch);
            requireStillTimely(request, write, intent);
            WriteAnswer answer = cluster.write(write.target(), patch);
            intents.answered(request, intent, answer);
            Settled settled = settled(intent, write, answer);
            if (settled != null) {
                return settled;
            }
            conflict = new Conflict(answer, versionOf(live));
        }
        throw new HaltedException(
                Status.REFUSED, "the object changed between read and write " + SENDS + " times in a row");
    }

    /** Announcing may have taken long, on a slow disk. */
    private void requireStillTimely(ExecutionRequest request, Write write, ChainedEntry intent) {
        try {
            write.requireTimely(clock.instant());
        } catch (HaltedException e) {
            intents.answered(request, intent, WriteAnswer.notSent(String.valueOf(e.getMessage())));
            throw e;
        }
    }

    private @Nullable Settled settled(ChainedEntry intent, Write write, WriteAnswer answer) {
        return switch (answer.kind()) {
            case APPLIED ->
                new Settled(Status.APPLIED, "applied", answer.object() == null ? "" : versionOf(answer.object()));
            case REFUSED -> throw refused(answer);
            case CONFLICT -> null;
            case UNKNOWN -> settlement.look(intent, write.target());
        };
    }

    private record Conflict(WriteAnswer answer, String resourceVersion) {
        /** A 422 is a conflict only if the object has moved on; otherwise the API server finds the patch invalid. */
        void requireExplained(ObjectNode live) {
            if (answer.code() == UNPROCESSABLE && versionOf(live).equals(resourceVersion)) {
                throw refused(answer);
            }
        }
    }

    private ObjectNode read(Write write) {
        try {
            return cluster.read(write.target())
                    .orElseThrow(() -> new HaltedException(Status.STALE, "the target does not exist any more"));
        } catch (ClusterException e) {
            throw new HaltedException(
                    Status.NOT_APPLIED, "the target could not be read before the write: " + e.getMessage());
        }
    }

    private static void compare(Write write, ObjectNode live) {
        write.expectation().drift(live).ifPresent(drift -> {
            throw new HaltedException(Status.STALE, "the target is not what was approved: " + drift);
        });
    }

    private static ObjectNode desired(Write write, ObjectNode live) {
        try {
            return write.desired(live);
        } catch (ChangeRefusedException e) {
            throw new HaltedException(Status.STALE, String.valueOf(e.getMessage()));
        }
    }

    private static HaltedException refused(WriteAnswer answer) {
        return answer.code() == 404
                ? new HaltedException(Status.STALE, "the target does not exist any more")
                : new HaltedException(Status.REFUSED, "the API server refused the write: " + answer.describe());
    }

    private static String versionOf(ObjectNode object) {
        return object.path("metadata").path("resourceVersion").asText();
    }
}
