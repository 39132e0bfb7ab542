package io.k8sincident.workflows.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the system makes of a decision.
 *
 * @param verdict absent if the decision could not be read
 * @param message the reason in words, with what was not changed
 * @param decisionDigest {@code sha256:} of the text as it came
 * @param breakGlass present if the decision is counted although the policy would have refused a normal one
 */
public record Ruling(
        String decisionId,
        @Nullable Verdict verdict,
        Person approver,
        Reason reason,
        String message,
        String decisionDigest,
        Instant at,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable BreakGlass breakGlass) {

    /** A ruling by what the policy says to everybody. */
    public Ruling(
            String decisionId,
            @Nullable Verdict verdict,
            Person approver,
            Reason reason,
            String message,
            String decisionDigest,
            Instant at) {
        this(decisionId, verdict, approver, reason, message, decisionDigest, at, null);
    }

    /** Why a decision is accepted or refused. */
    public enum Reason {
        ACCEPTED(true),
        MALFORMED(false),
        WRONG_CLUSTER(false),
        WRONG_INCIDENT(false),
        WRONG_RUN(false),
        WRONG_PLAN(false),
        DECISION_EXPIRED(false),
        LATE(false),
        /** What must be read to rule on it could not be read, or not in time. */
        NOT_CHECKED(false),
        REPEATED(false),
        TOO_MANY(false),
        PROOF_MISSING(false),
        PROOF_INVALID(false),
        NOT_ALLOWED(false),
        /** The glass was to be broken, and nothing stands in the way of a normal approval. */
        NOT_NEEDED(false),
        SELF_APPROVAL(false),
        QUORUM_INCOMPLETE(false),
        POLICY_FORBIDS(false);

        private final boolean accepted;

        Reason(boolean accepted) {
            this.accepted = accepted;
        }
    }

    public boolean accepted() {
        return reason.accepted;
    }
}
