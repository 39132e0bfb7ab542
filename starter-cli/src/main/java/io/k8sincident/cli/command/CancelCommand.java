package io.k8sincident.cli.command;

import io.k8sincident.cli.output.ExitCode;
import io.k8sincident.cli.output.Screen;
import io.k8sincident.cli.temporal.IncidentEntry;
import io.k8sincident.cli.temporal.SignalSender;
import io.k8sincident.cli.temporal.TemporalConnection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Ends an incident. */
@Command(
        name = "cancel",
        description = "End an incident: before a write nothing is changed; after one, verification still runs.")
final class CancelCommand extends OneIncidentCommand {
    @Option(names = "--reason", defaultValue = "cancelled from the command line", description = "Why, for the record.")
    String reason = "";

    @Override
    int run(Screen screen, TemporalConnection temporal, IncidentEntry entry) {
        new SignalSender(temporal)
                .cancel(
                        entry,
                        ForTheRecord.checked("--reason", reason) + " ("
                                + surroundings().user() + ")");
        screen.say("asked " + entry.workflowId() + " to end");
        screen.say(Screen.label("next", "incident watch " + entry.name().arguments()));
        return ExitCode.OK;
    }
}
