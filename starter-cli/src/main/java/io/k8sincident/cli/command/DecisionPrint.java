package io.k8sincident.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.k8sincident.cli.output.Escape;
import io.k8sincident.cli.output.Screen;
import io.k8sincident.cli.temporal.IncidentEntry;
import io.k8sincident.cli.temporal.TemporalConnection;
import io.k8sincident.workflows.model.Decision;
import io.k8sincident.workflows.workflow.WireFormat;

/** Prints a decision for those who send it by other means. */
final class DecisionPrint {
    private final TemporalConnection temporal;

    DecisionPrint(TemporalConnection temporal) {
        this.temporal = temporal;
    }

    /** The JSON as data, what to do with it as talk. */
    void print(Screen screen, IncidentEntry entry, Decision decision) {
        String json = json(decision);
        screen.printRaw(json);
        screen.say("Nothing was sent. It is valid until " + decision.expiresAt() + ". To send it:");
        screen.say("  temporal workflow signal --address " + temporal.address() + " --namespace " + temporal.namespace()
                + " --workflow-id " + quoted(entry.workflowId()) + " --run-id " + entry.runId()
                + " --name decide --input " + quoted(json));
        screen.say("or in the Web UI: open the workflow, More Actions, Send a Signal,");
        screen.say("  name decide, encoding json/plain, and the JSON above as the input");
    }

    private static String json(Decision decision) {
        try {
            return Escape.json(WireFormat.mapper().writeValueAsString(decision));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a decision is always representable as JSON", e);
        }
    }

    /** As one word of a POSIX shell. */
    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
