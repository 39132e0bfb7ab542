package io.k8sincident.cli.command;

import io.k8sincident.cli.cluster.Scenario;
import io.k8sincident.cli.cluster.Scenarios;
import io.k8sincident.cli.local.Program;
import io.k8sincident.cli.output.ExitCode;
import io.k8sincident.cli.output.Screen;
import io.k8sincident.cli.output.Style;
import io.k8sincident.cli.output.Table;
import io.k8sincident.cli.output.Text;
import java.util.Comparator;
import picocli.CommandLine.Command;

/** What there is to practise on. */
@Command(name = "list", description = "Show what there is to practise on.")
final class ScenariosListCommand extends Subcommand {
    @Override
    int run(Screen screen) {
        Scenarios scenarios = Scenarios.of(Program.ofProcess());
        Table table = new Table("FAMILY", "NAME", "PRACTICE", "WHAT");
        scenarios.names().stream()
                .map(scenarios::named)
                .sorted(Comparator.comparing(Scenario::family))
                .forEach(scenario -> table.row(
                        Text.of(scenario.family()),
                        Text.of(scenario.name(), Style.BOLD),
                        Text.of(scenario.simulated() ? "yes" : "no"),
                        Text.of(scenario.summary())));
        screen.print(table.lines());
        return ExitCode.OK;
    }
}
