package io.k8sincident.cli.command;

import io.k8sincident.cli.host.Surroundings;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The command line as a whole: parsing, and what becomes of errors. */
public final class Commands {
    private Commands() {}

    /** Ready to execute; data goes to {@code out}, talk and errors to {@code err}. */
    public static CommandLine line(
            Surroundings surroundings, Connections connections, PrintWriter out, PrintWriter err) {
        Ansi ansi = surroundings.terminals().out()
                        && surroundings.variable("NO_COLOR").isEmpty()
                ? Ansi.ON
                : Ansi.OFF;
        return new CommandLine(new IncidentCommand(surroundings, connections))
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(false)
                .setUsageHelpWidth(100)
                .setColorScheme(CommandLine.Help.defaultColorScheme(ansi))
                .setParameterExceptionHandler(new UsageErrors())
                .setExecutionExceptionHandler(new Failures());
    }
}
