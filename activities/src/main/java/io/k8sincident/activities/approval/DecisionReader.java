package io.k8sincident.activities.approval;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.blob.Digest;
import io.k8sincident.workflows.model.Decision;
import io.k8sincident.workflows.model.SignalText;
import io.k8sincident.workflows.model.Verdict;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the argument of the signal {@code decide}. */
final class DecisionReader {
    private static final Set<String> FIELDS = Set.of(
            "version",
            "decisionId",
            "cluster",
            "workflowId",
            "runId",
            "planDigest",
            "verdict",
            "approver",
            "reason",
            "expiresAt",
            "proof",
            "breakGlass");
    private static final int LONGEST_ID = 512;
    private static final int LONGEST_REASON = 2_000;
    /** How long a reason for breaking the glass is at least. */
    static final int SHORTEST_WHY = 10;

    static final int LONGEST_PROOF = 12_000;

    private DecisionReader() {}

    /**
     * A decision and all its fields as they came, over which its proof was made.
     *
     * @param named whether it brought an id of its own
     */
    record Read(Decision decision, ObjectNode fields, boolean named) {}

    /** @throws MalformedSignalException if it is no decision */
    static Read read(SignalText signal) {
        SignalJson json = SignalJson.parse(signal, FIELDS);
        json.requireVersionOne();
        Decision decision = new Decision(
                1,
                json.text("decisionId", 128).map(DecisionReader::checkedId).orElseGet(() -> derivedId(signal)),
                json.textOrNull("cluster", LONGEST_ID),
                json.textOrNull("workflowId", LONGEST_ID),
                json.textOrNull("runId", LONGEST_ID),
                json.requiredText("planDigest", LONGEST_ID),
                verdict(json.requiredText("verdict", 16)),
                json.textOrNull("approver", LONGEST_ID),
                json.textOrNull("reason", LONGEST_REASON),
                json.timeOrNull("expiresAt"),
                json.textOrNull("proof", LONGEST_PROOF),
                breakGlass(json));
        return new Read(decision, json.fields(), json.text("decisionId", 128).isPresent());
    }

    /** The id of a decision that brings none: the same text signalled again later is another decision. */
    static String derivedId(SignalText signal) {
        return Digest.of(signal.digest() + "@" + signal.receivedAt());
    }

    /** Ids are compared: two that look alike must not differ. */
    private static String checkedId(String id) {
        if (!id.matches("[\\x21-\\x7e]{1,128}")) {
            throw new MalformedSignalException("field 'decisionId' must be 1 to 128 visible ASCII characters");
        }
        return id;
    }

    /** Nothing is lifted without a word why, and a rejection lifts nothing. */
    private static @Nullable String breakGlass(SignalJson json) {
        String why = json.textOrNull("breakGlass", LONGEST_REASON);
        if (why != null && why.strip().length() < SHORTEST_WHY) {
            throw new MalformedSignalException(
                    "field 'breakGlass' must say why, in at least " + SHORTEST_WHY + " characters");
        }
        if (why != null && verdict(json.requiredText("verdict", 16)) != Verdict.APPROVE) {
            throw new MalformedSignalException(
                    "field 'breakGlass' goes with the verdict APPROVE; a rejection needs nobody's leave");
        }
        return why;
    }

    private static Verdict verdict(String text) {
        return Arrays.stream(Verdict.values())
                .filter(verdict -> verdict.name().equals(text))
                .findFirst()
                .orElseThrow(() -> new MalformedSignalException(
                        "field 'verdict' is '" + PlainText.shown(text, 16) + "'; it must be APPROVE or REJECT"));
    }
}
