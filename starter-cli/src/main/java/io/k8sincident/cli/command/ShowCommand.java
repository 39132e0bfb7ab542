package io.k8sincident.cli.command;

import io.k8sincident.cli.output.Documents;
import io.k8sincident.cli.output.ExitCode;
import io.k8sincident.cli.output.OutputFormat;
import io.k8sincident.cli.output.Screen;
import io.k8sincident.cli.output.Style;
import io.k8sincident.cli.output.Text;
import io.k8sincident.cli.temporal.IncidentEntry;
import io.k8sincident.cli.temporal.IncidentReader;
import io.k8sincident.cli.temporal.StatusReader;
import io.k8sincident.cli.temporal.TemporalConnection;
import io.k8sincident.cli.view.IncidentView;
import io.k8sincident.workflows.model.IncidentStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** One incident on one page. */
@Command(name = "show", description = "Show one incident, open or closed: cause, plan, timeline, what to type next.")
final class ShowCommand extends OneIncidentCommand {
    @Mixin
    final OutputOption output = new OutputOption();

    @Override
    int run(Screen screen, TemporalConnection temporal, IncidentEntry entry) {
        if (output.format == OutputFormat.NAME) {
            screen.print(entry.workflowId());
            return ExitCode.OK;
        }
        IncidentStatus status = new StatusReader(temporal).read(entry);
        if (output.format.structured()) {
            screen.printRaw(new Documents().write(output.format, "Incident", status));
        } else {
            screen.print(new IncidentView(
                            surroundings().clock().instant(),
                            surroundings().clock().getZone(),
                            output.format == OutputFormat.WIDE)
                    .lines(status, entry.closedAt()));
            if (entry.open()) {
                new IncidentReader(temporal)
                        .waitsFor(entry)
                        .forEach(reason -> screen.print(Screen.label("waiting", Text.of(reason, Style.YELLOW))));
            }
        }
        return ExitCode.OK;
    }
}
