package io.k8sincident.worker.faults;

import io.k8sincident.workflows.model.Mode;
import io.k8sincident.workflows.model.Outcome;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/** What people do about an incident, and how it may end then. */
enum Course {
    APPROVED(Mode.REMEDIATE, 30, Outcome.RESOLVED),
    REJECTED(Mode.REMEDIATE, 30, Outcome.REJECTED),
    /** Nobody decides. */
    IGNORED(Mode.REMEDIATE, 1, Outcome.EXPIRED),
    /** Somebody edits the object, and somebody else approves what was planned before. */
    OVERTAKEN(Mode.REMEDIATE, 30, Outcome.STALE),
    CANCELLED(Mode.REMEDIATE, 30, Outcome.CANCELLED),
    PROPOSED(Mode.PROPOSE, 30, Outcome.PROPOSED);

    private final Mode mode;
    private final int approvalMinutes;
    private final Outcome outcome;

    Course(Mode mode, int approvalMinutes, Outcome outcome) {
        this.mode = mode;
        this.approvalMinutes = approvalMinutes;
        this.outcome = outcome;
    }

    Mode mode() {
        return mode;
    }

    Duration approvalTimeout() {
        return Duration.ofMinutes(approvalMinutes);
    }

    boolean approves() {
        return this == APPROVED || this == OVERTAKEN;
    }

    /** How it ends where nothing is killed. */
    Outcome outcome() {
        return outcome;
    }

    /** How it may end where something is. */
    Set<Outcome> possible() {
        Set<Outcome> possible = EnumSet.of(outcome, Outcome.NO_SAFE_ACTION);
        if (this == APPROVED) {
            // The worker that looks whether it has recovered may be away for as long as the plan waits for that.
            possible.add(Outcome.ROLLED_BACK);
        }
        return possible;
    }
}
