package io.k8sincident.cli.command;

import io.k8sincident.cli.output.ExitCode;
import io.k8sincident.cli.output.Problem;
import io.k8sincident.cli.output.Screen;
import io.k8sincident.cli.temporal.IncidentEntry;
import io.k8sincident.cli.temporal.SignalSender;
import io.k8sincident.cli.temporal.StatusReader;
import io.k8sincident.cli.temporal.TemporalConnection;
import io.k8sincident.cli.view.PlanView;
import io.k8sincident.workflows.model.IncidentStatus;
import io.k8sincident.workflows.model.Proposal;
import io.k8sincident.workflows.model.Revision;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Gives an open incident a human's value. */
@Command(name = "revise", description = "Ask for a new plan with a value of yours; it gets a new digest.")
final class ReviseCommand extends OneIncidentCommand {
    @Option(
            names = "--set",
            required = true,
            paramLabel = "CONTAINER.FIELD=VALUE",
            description = "Such as app.image=nginx:1.27 or app.command='[\"/bin/app\"]'; repeatable.")
    List<String> values = List.of();

    @Option(names = "--reason", description = "Why, for the record.")
    @Nullable
    String reason;

    @Option(names = "--as", paramLabel = "NAME", description = "Who you are; your user name if absent.")
    @Nullable
    String requester;

    @Override
    int run(Screen screen, TemporalConnection temporal, IncidentEntry entry) throws InterruptedException {
        Revision revision = new Revision(
                1,
                UUID.randomUUID().toString(),
                HumanValues.parse(values),
                requester == null ? surroundings().user() : requester,
                reason);
        SignalSender signals = new SignalSender(temporal);
        if (!entry.open()) {
            throw signals.closed(entry);
        }
        StatusReader statuses = new StatusReader(temporal);
        Proposal before = statuses.read(entry).proposal();
        signals.revise(entry, revision);
        Optional<IncidentStatus> after =
                new Patience(temporal).until(entry, status -> differs(before, status.proposal()));
        return tell(screen, entry, after, before);
    }

    private static boolean differs(@Nullable Proposal before, @Nullable Proposal after) {
        return after != null && !after.equals(before);
    }

    private int tell(Screen screen, IncidentEntry entry, Optional<IncidentStatus> after, @Nullable Proposal before) {
        Proposal proposal = after.map(IncidentStatus::proposal).orElse(null);
        if (proposal == null || !differs(before, proposal)) {
            screen.say("the revision is sent; there is no new plan yet");
            screen.say(Screen.label("next", "incident plan " + entry.name().arguments()));
            return ExitCode.UNRESOLVED;
        }
        if (proposal.refusal() != null) {
            throw Problem.refused(
                    "the revision is refused: " + proposal.refusal(),
                    "incident plan " + entry.name().arguments());
        }
        screen.print(new PlanView(surroundings().clock().instant())
                .lines(proposal, after.map(IncidentStatus::deadline).orElse(null)));
        screen.say(Screen.label("next", "incident approve " + entry.name().arguments()));
        return ExitCode.OK;
    }
}
