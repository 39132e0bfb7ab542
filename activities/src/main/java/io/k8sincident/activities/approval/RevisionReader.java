package io.k8sincident.activities.approval;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.workflows.model.HumanValue;
import io.k8sincident.workflows.model.Revision;
import io.k8sincident.workflows.model.SignalText;
import java.util.Set;

/** Reads the argument of the signal {@code revise}. */
public final class RevisionReader {
    private static final Set<String> FIELDS = Set.of(
            "version",
            "revisionId",
            "values",
            "requester",
            "reason",
            "cluster",
            "workflowId",
            "runId",
            "expiresAt",
            "proof");
    private static final Set<String> VALUE_FIELDS = Set.of("container", "field", "value");
    private static final int LONGEST_ID = 512;
    private static final int MOST_VALUES = 20;
    private static final int LONGEST_NAME = 253;
    private static final int LONGEST_VALUE = 8_192;

    private RevisionReader() {}

    /**
     * Reads it strictly.
     *
     * @throws MalformedSignalException if it is no revision
     */
    public static Revision read(SignalText signal) {
        SignalJson json = SignalJson.parse(signal, FIELDS);
        json.requireVersionOne();
        return new Revision(
                1,
                json.textOrNull("revisionId", 128),
                json.objects("values", VALUE_FIELDS, MOST_VALUES).stream()
                        .map(RevisionReader::value)
                        .toList(),
                json.text("requester", LONGEST_NAME)
                        .map(name -> PlainText.shown(name, LONGEST_NAME))
                        .orElse(null),
                json.textOrNull("reason", 2_000),
                json.textOrNull("cluster", LONGEST_ID),
                json.textOrNull("workflowId", LONGEST_ID),
                json.textOrNull("runId", LONGEST_ID),
                json.timeOrNull("expiresAt"),
                json.textOrNull("proof", DecisionReader.LONGEST_PROOF));
    }

    /** All its fields as they came, over which its proof was made. */
    static ObjectNode fields(SignalText signal) {
        return SignalJson.parse(signal, FIELDS).fields();
    }

    private static HumanValue value(SignalJson json) {
        return new HumanValue(
                json.requiredText("container", LONGEST_NAME),
                json.requiredText("field", 64),
                json.requiredText("value", LONGEST_VALUE));
    }
}
