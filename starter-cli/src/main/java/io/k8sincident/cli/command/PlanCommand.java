package io.k8sincident.cli.command;

import io.k8sincident.cli.output.Documents;
import io.k8sincident.cli.output.ExitCode;
import io.k8sincident.cli.output.OutputFormat;
import io.k8sincident.cli.output.Problem;
import io.k8sincident.cli.output.Screen;
import io.k8sincident.cli.temporal.IncidentEntry;
import io.k8sincident.cli.temporal.StatusReader;
import io.k8sincident.cli.temporal.TemporalConnection;
import io.k8sincident.cli.view.PlanView;
import io.k8sincident.workflows.model.IncidentStatus;
import io.k8sincident.workflows.model.Proposal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What is proposed. */
@Command(name = "plan", description = "Show what is proposed: diff, risk, what it touches, undo, digest.")
final class PlanCommand extends OneIncidentCommand {
    @Mixin
    final OutputOption output = new OutputOption();

    @Override
    int run(Screen screen, TemporalConnection temporal, IncidentEntry entry) {
        IncidentStatus status = new StatusReader(temporal).read(entry);
        Proposal proposal = status.proposal();
        if (proposal == null) {
            throw Problem.error(
                    "there is no proposal: the incident " + state(status),
                    "incident show " + entry.name().arguments());
        }
        if (output.format.structured()) {
            screen.printRaw(new Documents().write(output.format, "Proposal", proposal));
        } else if (output.format == OutputFormat.NAME) {
            screen.print(String.valueOf(proposal.digest()));
        } else {
            screen.print(new PlanView(surroundings().clock().instant()).lines(proposal, status.deadline()));
        }
        return ExitCode.OK;
    }

    private static String state(IncidentStatus status) {
        return status.outcome() == null
                ? "is still " + status.phase()
                : "ended " + status.outcome() + ", " + status.reason();
    }
}
