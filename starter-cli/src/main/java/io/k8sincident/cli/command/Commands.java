package io.k8sincident.cli.command;

import io.k8sincident.cli.host.Surroundings;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The command line as a whole: parsing, and what becomes of errors. */
public final class Commands {
    private Commands() {}

    /** Executes one command line; data goes to {@code out}, talk and errors to {@code err}. Returns the exit code. */
    public static int execute(
            Surroundings surroundings, Connections connections, PrintWriter out, PrintWriter err, String... arguments) {
        Ansi ansi = surroundings.terminals().out()
                        && surroundings.variable("NO_COLOR").isEmpty()
                ? Ansi.ON
                : Ansi.OFF;
        CommandLine root = new CommandLine(new IncidentCommand(surroundings, connections));
        CommandCatalog.addTo(root, arguments);
        return root.setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(100)
                .setColorScheme(CommandLine.Help.defaultColorScheme(ansi))
                .setParameterExceptionHandler(new UsageErrors())
                .setExecutionExceptionHandler(new Failures())
                .execute(arguments);
    }
}
