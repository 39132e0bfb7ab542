package io.k8sincident.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.k8sincident.activities.approval.Purpose;
import io.k8sincident.activities.approval.Statement;
import io.k8sincident.cli.output.Escape;
import io.k8sincident.cli.output.Screen;
import io.k8sincident.cli.signing.Signer;
import io.k8sincident.cli.temporal.IncidentEntry;
import io.k8sincident.cli.temporal.TemporalConnection;
import io.k8sincident.workflows.model.Decision;
import io.k8sincident.workflows.model.Proposal;
import io.k8sincident.workflows.workflow.WireFormat;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Prints a decision for those who send it by other means. */
final class DecisionPrint {
    private final TemporalConnection temporal;

    DecisionPrint(TemporalConnection temporal) {
        this.temporal = temporal;
    }

    /**
     * The JSON as data, what to do with it as talk.
     *
     * @param signed the proposal, if the decision needs a signature
     */
    void print(Screen screen, IncidentEntry entry, Decision draft, @Nullable Proposal signed, Signer signer) {
        if (signed == null) {
            send(screen, entry, draft);
            return;
        }
        byte[] statement = Statement.of(draft, Signer.clusterUid(signed));
        Optional<Path> key = signer.key();
        screen.say("What is signed, for " + signer.purpose().namespace() + ":");
        screen.say("  " + new String(statement, StandardCharsets.UTF_8));
        if (key.isPresent()) {
            send(screen, entry, signer.sign(draft, signed));
            screen.say(
                    "The signature was made as by: " + sign(statement, key.get().toString(), signer.purpose()));
        } else {
            unsigned(screen, draft, statement, signer.purpose());
        }
    }

    private void send(Screen screen, IncidentEntry entry, Decision decision) {
        String json = json(decision);
        screen.printRaw(json);
        screen.say("Nothing was sent. It is valid until " + decision.expiresAt() + ". To send it:");
        screen.say("  temporal workflow signal --address " + temporal.address() + " --namespace " + temporal.namespace()
                + " --workflow-id " + quoted(entry.workflowId()) + " --run-id " + entry.runId()
                + " --name decide --input " + quoted(json));
        inTheWebUi(screen);
    }

    /** The rest is for a machine that has the key. */
    private static void unsigned(Screen screen, Decision draft, byte[] statement, Purpose purpose) {
        String json = json(draft);
        screen.printRaw(json);
        screen.say(
                "Nothing was sent, and it lacks its signature: you have no key here. Where your key is, these print the"
                        + " whole decision, valid until " + draft.expiresAt() + ":");
        screen.say("  proof=$(" + sign(statement, purpose == Purpose.DECISION ? "~/.ssh/id_ed25519" : "~/KEY", purpose)
                + " | awk '{printf \"%s\\\\n\", $0}')");
        screen.say("  printf '%s' " + quoted(json.substring(0, json.length() - 1) + ",\"proof\":\"")
                + " \"$proof\" '\"}'");
        inTheWebUi(screen);
    }

    private static void inTheWebUi(Screen screen) {
        screen.say("or in the Web UI: open the workflow, More Actions, Send a Signal,");
        screen.say("  name decide, encoding json/plain, and the JSON above as the input");
    }

    private static String sign(byte[] statement, String key, Purpose purpose) {
        return "printf '%s' " + quoted(new String(statement, StandardCharsets.UTF_8)) + " | ssh-keygen -Y sign -n "
                + purpose.namespace() + " -f " + (key.startsWith("~") ? key : quoted(key));
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
