package io.k8sincident.workflows.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer of planning.
 *
 * @param plan present if {@code status} is PLANNED
 * @param digest of the plan, {@code sha256:…}
 * @param questions what a human must answer, if NO_SAFE_ACTION
 * @param refusal why and by which line of the policy, if BLOCKED; why, if REVISION_REFUSED
 * @param terms what a decision on it must bring, if PLANNED
 */
public record Proposal(
        Status status,
        @Nullable Plan plan,
        @Nullable String digest,
        List<String> questions,
        @Nullable String refusal,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable DecisionTerms terms) {

    /** How planning ended. */
    public enum Status {
        PLANNED,
        NO_SAFE_ACTION,
        BLOCKED,
        REVISION_REFUSED
    }

    public Proposal {
        questions = List.copyOf(questions);
        if ((status == Status.PLANNED) != (plan != null && digest != null)) {
            throw new IllegalArgumentException("a proposal has a plan and its digest exactly if it is PLANNED");
        }
    }

    public static Proposal planned(Plan plan, String digest) {
        return new Proposal(Status.PLANNED, plan, digest, List.of(), null, null);
    }

    public static Proposal noSafeAction(List<String> questions) {
        return new Proposal(Status.NO_SAFE_ACTION, null, null, questions, null, null);
    }

    public static Proposal blocked(String refusal) {
        return new Proposal(Status.BLOCKED, null, null, List.of(), refusal, null);
    }

    public static Proposal revisionRefused(String refusal) {
        return new Proposal(Status.REVISION_REFUSED, null, null, List.of(), refusal, null);
    }

    /** The same with what a decision on it must bring. */
    public Proposal with(DecisionTerms demanded) {
        return new Proposal(status, plan, digest, questions, refusal, demanded);
    }
}
