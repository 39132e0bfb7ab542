package io.k8sincident.scenarios.kubelet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.scenarios.json.Json;
import io.k8sincident.scenarios.json.Timestamps;
import java.time.Instant;
import java.util.Optional;

/** A container's state as its status shows it, and the end before. */
final class ContainerState {
    private ObjectNode state = waiting("ContainerCreating", "");
    private Optional<ObjectNode> lastEnd = Optional.empty();
    private Optional<ObjectNode> endBefore = Optional.empty();

    void wait(String reason, String message) {
        state = waiting(reason, message);
    }

    void run(Instant since) {
        state = Json.object();
        state.putObject("running").put("startedAt", Timestamps.of(since));
    }

    /** Ends; {@code startedAt} is the epoch where the process never started. */
    void end(int exitCode, String reason, String message, Instant startedAt, String containerId) {
        ObjectNode terminated = Json.object().put("exitCode", exitCode).put("reason", reason);
        if (!message.isEmpty()) {
            terminated.put("message", message);
        }
        terminated
                .put("startedAt", Timestamps.of(startedAt))
                .put("finishedAt", Timestamps.now())
                .put("containerID", containerId);
        endBefore = lastEnd;
        lastEnd = Optional.of(terminated);
        state = Json.object();
        state.set("terminated", terminated);
    }

    ObjectNode now() {
        return state;
    }

    /** The end before the present state. */
    ObjectNode last() {
        ObjectNode last = Json.object();
        (isTerminated() ? endBefore : lastEnd).ifPresent(end -> last.set("terminated", end));
        return last;
    }

    boolean isRunning() {
        return state.has("running");
    }

    boolean isTerminated() {
        return state.has("terminated");
    }

    boolean hasEnded() {
        return lastEnd.isPresent();
    }

    String waitingReason() {
        return Json.text(state, "waiting", "reason");
    }

    int exitCode() {
        return lastEnd.map(end -> end.path("exitCode").asInt()).orElse(0);
    }

    private static ObjectNode waiting(String reason, String message) {
        ObjectNode state = Json.object();
        ObjectNode waiting = state.putObject("waiting").put("reason", reason);
        if (!message.isEmpty()) {
            waiting.put("message", message);
        }
        return state;
    }
}
