package io.k8sincident.cli.command;

import io.k8sincident.cli.output.ExitCode;
import io.k8sincident.cli.output.Screen;
import picocli.CommandLine.Command;

/** Which build this is. */
@Command(name = "version", description = "Show the version.")
final class VersionCommand extends Subcommand {
    @Override
    int run(Screen screen) {
        for (String line : new Version().getVersion()) {
            screen.print(line);
        }
        return ExitCode.OK;
    }
}
