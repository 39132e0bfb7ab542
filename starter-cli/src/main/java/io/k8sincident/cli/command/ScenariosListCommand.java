package io.k8sincident.cli.command;

import io.k8sincident.cli.cluster.Scenarios;
import io.k8sincident.cli.local.Program;
import io.k8sincident.cli.output.ExitCode;
import io.k8sincident.cli.output.Screen;
import io.k8sincident.cli.output.Style;
import io.k8sincident.cli.output.Table;
import io.k8sincident.cli.output.Text;
import picocli.CommandLine.Command;

/** What there is to practise on. */
@Command(name = "list", description = "Show what there is to practise on.")
final class ScenariosListCommand extends Subcommand {
    @Override
    int run(Screen screen) {
        Scenarios scenarios = Scenarios.of(Program.ofProcess());
        Table table = new Table("NAME", "WHAT");
        for (String name : scenarios.names()) {
            table.row(Text.of(name, Style.BOLD), Text.of(scenarios.named(name).summary()));
        }
        screen.print(table.lines());
        return ExitCode.OK;
    }
}
