package io.k8sincident.cli.command;

import io.k8sincident.cli.output.Documents;
import io.k8sincident.cli.output.ExitCode;
import io.k8sincident.cli.output.OutputFormat;
import io.k8sincident.cli.output.Screen;
import io.k8sincident.cli.temporal.TemporalConnection;
import io.k8sincident.cli.view.InboxEntry;
import io.k8sincident.cli.view.InboxView;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The inbox. */
@Command(
        name = "list",
        aliases = "ls",
        description = "Show the inbox: open incidents, what they wait for, what to type.")
final class ListCommand extends Subcommand {
    @Mixin
    final OutputOption output = new OutputOption();

    @Option(names = "--all", description = "Closed incidents, too, the newest first.")
    boolean all;

    @Option(names = "--limit", defaultValue = "20", description = "How many closed incidents to show.")
    int limit;

    @Option(
            names = {"-n", "--namespace"},
            description = "Only incidents of this namespace.")
    @Nullable
    String namespace;

    @Override
    int run(Screen screen) {
        List<InboxEntry> entries;
        try (TemporalConnection temporal = connections().temporal()) {
            Inbox inbox = new Inbox(temporal, namespace);
            entries = all ? inbox.openAndClosed(limit) : inbox.open();
        }
        print(screen, entries);
        return ExitCode.OK;
    }

    private void print(Screen screen, List<InboxEntry> entries) {
        if (output.format.structured()) {
            screen.printRaw(new Documents().write(output.format, "IncidentList", Map.of("items", entries)));
        } else if (output.format == OutputFormat.NAME) {
            entries.forEach(entry -> screen.print(entry.workflowId()));
        } else if (entries.isEmpty()) {
            screen.say(
                    all
                            ? "no incidents; begin with: incident triage -n NAMESPACE"
                            : "no open incidents; closed ones: incident list --all");
        } else {
            screen.print(
                    InboxView.lines(entries, surroundings().clock().instant(), output.format == OutputFormat.WIDE));
        }
    }
}
