package io.k8sincident.activities.execution;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The contract of one plan in as few lines as possible: whether an attempt to carry it out may reach the API server. Knows
 * nothing of how the system finds that out.
 */
final class SafetyModel {
    private static final Duration WINDOW = Duration.ofMinutes(10);
    /** The API server's request timeout and a margin. */
    private static final Duration IN_FLIGHT = Duration.ofSeconds(90);

    /** An approval that counts. */
    record Approval(String id, String run, Instant windowEnds) {}

    Instant now;
    String run = "run-1";
    boolean frozen;
    private final Instant deadline;
    private final Map<String, String> signalOfId = new HashMap<>();
    private final Set<String> used = new HashSet<>();
    private boolean drifted;
    private boolean applied;
    private Instant inFlightUntil = Instant.MIN;

    SafetyModel(Instant now, Instant deadline) {
        this.now = now;
        this.deadline = deadline;
    }

    /** Whether an approval of this plan with this id counts; ruling on the same signal twice is ruling on it once. */
    boolean accepts(String id) {
        String signal = run + " " + now;
        boolean accepted = now.isBefore(deadline)
                && !frozen
                && signalOfId.getOrDefault(id, signal).equals(signal);
        if (accepted) {
            signalOfId.put(id, signal);
        }
        return accepted;
    }

    Approval approval(String id) {
        return new Approval(id, run, now.plus(WINDOW));
    }

    /** Somebody changed what the plan is bound to. */
    void drift() {
        drifted = true;
        inFlightUntil = Instant.MIN;
    }

    /** Somebody changed what it is not bound to: whatever was on its way can no longer take effect. */
    void touch() {
        inFlightUntil = Instant.MIN;
    }

    /** Whoever was to carry it out died once it was marked used. */
    void uses(Approval approval) {
        used.add(approval.id());
    }

    /** Whether this attempt may send, and what is so afterwards if what it sends takes effect or not. */
    boolean sends(Approval approval, boolean takesEffect) {
        boolean live = approval.run().equals(run) && now.isBefore(approval.windowEnds());
        if (!live || (applied && !drifted) || now.isBefore(inFlightUntil) || !used.add(approval.id())) {
            return false;
        }
        if (frozen || drifted) {
            return false;
        }
        applied = takesEffect;
        inFlightUntil = takesEffect ? Instant.MIN : now.plus(IN_FLIGHT);
        return true;
    }
}
