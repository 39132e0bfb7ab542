package io.k8sincident.workflows.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a model had to say about one diagnosis, after it was checked against the evidence. It stands beside a proposal,
 * is no part of a plan or its digest, and decides nothing. All text in it is redacted, without control characters, and
 * short; it is still a stranger's, so it is escaped where it is shown.
 *
 * @param model as its server calls it
 * @param promptDigest of the redacted prompt in the blob store; absent if none was made
 * @param answerDigest of the redacted answer in the blob store; absent if there was none
 * @param took from asking until the answer was checked, waiting for a turn included
 * @param promptTokens as counted by the server; 0 if it did not say
 * @param answerTokens the same of the answer
 * @param cause the id of the cause that the model takes it for; one that a rule can name, or absent
 * @param agreement how that compares with what the rules say
 * @param ranking ids of the diagnosis's runbooks, each at most once, best first; those that it left out are missing
 * @param summary what happened in one sentence; absent if it had no proof
 * @param claims in the order of the answer
 * @param hypotheses what it might be where the rules abstain; empty elsewhere
 * @param evidence what the summary, the claims and the hypotheses cite, also what the diagnosis does not cite
 * @param dropped how many of the answer's parts were left out, by reason
 * @param reason in words why there is none, or not all of it; empty if nothing is missing
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Advice(
        Status status,
        String model,
        @Nullable String promptDigest,
        @Nullable String answerDigest,
        Duration took,
        int promptTokens,
        int answerTokens,
        @Nullable String cause,
        Agreement agreement,
        List<String> ranking,
        @Nullable AdvisedClaim summary,
        List<AdvisedClaim> claims,
        List<Hypothesis> hypotheses,
        List<Observation> evidence,
        Map<DropReason, Integer> dropped,
        String reason) {

    /** Whether there is any. */
    public enum Status {
        /** There is advice; {@code reason} says what of it is missing. */
        GIVEN,
        /** The model answered that the evidence is not enough, or nothing of its answer could be kept. */
        ABSTAINED,
        /** No answer that can be used: no server, no model, too slow, broken, cut off. */
        UNAVAILABLE
    }

    /** The model's cause beside that of the rules. */
    public enum Agreement {
        AGREES,
        DISAGREES,
        /** One of the two names no cause. */
        NOT_COMPARABLE
    }

    public Advice {
        ranking = List.copyOf(ranking);
        claims = List.copyOf(claims);
        hypotheses = List.copyOf(hypotheses);
        evidence = List.copyOf(evidence);
        Map<DropReason, Integer> counts = new EnumMap<>(DropReason.class);
        counts.putAll(dropped);
        dropped = Collections.unmodifiableMap(counts);
        if (status == Status.UNAVAILABLE && reason.isBlank()) {
            throw new IllegalArgumentException("advice that is missing says why");
        }
    }

    /** That there is none. */
    public static Advice unavailable(String model, Duration took, String reason) {
        return new Advice(
                Status.UNAVAILABLE,
                model,
                null,
                null,
                took,
                0,
                0,
                null,
                Agreement.NOT_COMPARABLE,
                List.of(),
                null,
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                reason);
    }

    /** How many sentences were kept. */
    public int kept() {
        return (summary == null ? 0 : 1) + claims.size() + hypotheses.size();
    }

    /** How many parts of the answer were left out. */
    public int droppedInAll() {
        return dropped.values().stream().mapToInt(Integer::intValue).sum();
    }
}
