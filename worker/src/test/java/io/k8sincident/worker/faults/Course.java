package io.k8sincident.worker.faults;

import io.k8sincident.workflows.model.HumanValue;
import io.k8sincident.workflows.model.Mode;
import io.k8sincident.workflows.model.Outcome;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What people do about an incident, and how it may end then. Each approval is signed. */
enum Course {
    APPROVED(Outcome.RESOLVED),
    /** The pod for which a StatefulSet waits in vain is evicted. */
    EVICTED(Outcome.RESOLVED),
    REJECTED(Outcome.REJECTED),
    /** Nobody decides. */
    IGNORED(Outcome.EXPIRED),
    /** Somebody edits the object, and somebody else approves what was planned before. */
    OVERTAKEN(Outcome.STALE),
    CANCELLED(Outcome.CANCELLED),
    PROPOSED(Outcome.PROPOSED),
    /** Somebody types another value, and two people approve it. */
    REVISED(Outcome.RESOLVED),
    /** Who asked typed a value, which one person approves alone by breaking the glass. */
    BROKEN_GLASS(Outcome.RESOLVED),
    /** The policy forbids it. */
    FORBIDDEN(Outcome.BLOCKED),
    /** The value that two people approve does not help, which takes minutes to see, and is taken back. */
    RESTORED(Outcome.ROLLED_BACK);

    private static final HumanValue GOOD =
            new HumanValue("app", "command", "[\"/bin/httpd\",\"-f\",\"-v\",\"-p\",\"8080\"]");
    private static final HumanValue BAD = new HumanValue("app", "command", "[\"/bin/httpddd\"]");

    private final Outcome outcome;

    Course(Outcome outcome) {
        this.outcome = outcome;
    }

    Mode mode() {
        return this == PROPOSED ? Mode.PROPOSE : Mode.REMEDIATE;
    }

    Duration approvalTimeout() {
        return Duration.ofMinutes(this == IGNORED ? 1 : 30);
    }

    /** What the object is called. */
    String object(int number) {
        String prefix =
                switch (this) {
                    case FORBIDDEN -> Approvers.FORBIDDEN;
                    case EVICTED -> StuckSets.PREFIX;
                    default -> "crashy-";
                };
        return prefix + number;
    }

    /** What was typed when the incident was started. */
    List<HumanValue> typed() {
        return switch (this) {
            case BROKEN_GLASS -> List.of(GOOD);
            case RESTORED -> List.of(BAD);
            default -> List.of();
        };
    }

    /** What somebody types afterwards. */
    static HumanValue revised() {
        return GOOD;
    }

    /** Whether it is over within a minute or so: neither a deadline has to pass, nor is there a second plan to wait for. */
    boolean quick() {
        return switch (this) {
            case APPROVED, EVICTED, REJECTED, OVERTAKEN, CANCELLED, PROPOSED, FORBIDDEN -> true;
            case IGNORED, REVISED, BROKEN_GLASS, RESTORED -> false;
        };
    }

    /** How it ends where nothing is killed. */
    Outcome outcome() {
        return outcome;
    }

    /** How it may end where something is. */
    Set<Outcome> possible() {
        Set<Outcome> possible = EnumSet.of(outcome, Outcome.NO_SAFE_ACTION);
        switch (this) {
            // The worker that looks whether it has recovered may be away for as long as the plan waits for that, and
            // the one
            // that puts back what was there before may die before it does.
            case APPROVED, REVISED, BROKEN_GLASS -> {
                possible.add(Outcome.ROLLED_BACK);
                possible.add(Outcome.UNRESOLVED);
            }
            case EVICTED, RESTORED -> possible.add(Outcome.UNRESOLVED);
            // A freeze may outlast the short time that it waits.
            case IGNORED -> possible.add(Outcome.BLOCKED);
            default -> {}
        }
        return possible;
    }
}
