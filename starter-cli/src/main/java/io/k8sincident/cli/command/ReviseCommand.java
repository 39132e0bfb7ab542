package io.k8sincident.cli.command;

import io.k8sincident.cli.output.ExitCode;
import io.k8sincident.cli.output.Problem;
import io.k8sincident.cli.output.Screen;
import io.k8sincident.cli.signing.Signer;
import io.k8sincident.cli.temporal.IncidentEntry;
import io.k8sincident.cli.temporal.SignalSender;
import io.k8sincident.cli.temporal.StatusReader;
import io.k8sincident.cli.temporal.TemporalConnection;
import io.k8sincident.cli.view.PlanView;
import io.k8sincident.workflows.model.IncidentStatus;
import io.k8sincident.workflows.model.Proposal;
import io.k8sincident.workflows.model.Revision;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Gives an open incident a human's value. */
@Command(name = "revise", description = "Ask for a new plan with a value of yours; it gets a new digest.")
final class ReviseCommand extends OneIncidentCommand {
    private static final Duration VALID = Duration.ofMinutes(10);

    @Option(
            names = "--set",
            required = true,
            paramLabel = "CONTAINER.FIELD=VALUE",
            description = "Such as app.image=nginx:1.27 or app.command='[\"/bin/app\"]'; repeatable.")
    List<String> values = List.of();

    @Option(names = "--reason", description = "Why, for the record.")
    @Nullable
    String reason;

    @Mixin
    final PersonOptions person = new PersonOptions();

    @Override
    int run(Screen screen, TemporalConnection temporal, IncidentEntry entry) throws InterruptedException {
        SignalSender signals = new SignalSender(temporal);
        if (!entry.open()) {
            throw signals.closed(entry);
        }
        StatusReader statuses = new StatusReader(temporal);
        IncidentStatus before = statuses.read(entry);
        signals.revise(entry, revision(before));
        Optional<IncidentStatus> after = new Patience(temporal)
                .until(
                        entry,
                        status -> planned(before, status)
                                || refusal(before, status).isPresent());
        return tell(screen, entry, before, after);
    }

    private Revision revision(IncidentStatus status) {
        Revision draft = new Revision(
                1,
                UUID.randomUUID().toString(),
                HumanValues.parse(values),
                Signer.name(surroundings(), person.name),
                ForTheRecord.checked("--reason", reason),
                status.request().cluster(),
                status.workflowId(),
                status.runId(),
                surroundings().clock().instant().plus(VALID).truncatedTo(ChronoUnit.SECONDS),
                null);
        Signer signer = new Signer(surroundings(), person.key);
        Proposal proposal = status.proposal();
        return proposal != null && signer.signs(proposal) ? signer.sign(draft, proposal) : draft;
    }

    private static boolean planned(IncidentStatus before, IncidentStatus after) {
        return after.proposal() != null && !after.proposal().equals(before.proposal());
    }

    private static Optional<String> refusal(IncidentStatus before, IncidentStatus after) {
        return after.refusedRevisions().stream()
                .skip(before.refusedRevisions().size())
                .findFirst();
    }

    private int tell(Screen screen, IncidentEntry entry, IncidentStatus before, Optional<IncidentStatus> after) {
        Proposal proposal = after.map(IncidentStatus::proposal).orElse(null);
        Optional<String> refusal = after.flatMap(status -> refusal(before, status));
        if (refusal.isPresent()) {
            throw Problem.refused(refusal.get(), "incident plan " + entry.name().arguments());
        }
        if (proposal == null) {
            screen.say("the revision is sent; there is no new plan yet");
            screen.say(Screen.label("next", "incident plan " + entry.name().arguments()));
            return ExitCode.UNRESOLVED;
        }
        screen.print(new PlanView(surroundings().clock().instant())
                .lines(proposal, after.map(IncidentStatus::deadline).orElse(null)));
        screen.say(Screen.label("next", "incident approve " + entry.name().arguments()));
        return ExitCode.OK;
    }
}
