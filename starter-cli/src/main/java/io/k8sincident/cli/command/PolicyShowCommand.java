package io.k8sincident.cli.command;

import io.k8sincident.activities.policy.PolicyFile;
import io.k8sincident.cli.output.ExitCode;
import io.k8sincident.cli.output.Screen;
import picocli.CommandLine.Command;

/** Something to start one's own policy from. */
@Command(name = "show", description = "Show the default policy, to start your own from.")
final class PolicyShowCommand extends Subcommand {
    @Override
    int run(Screen screen) {
        screen.printRaw(PolicyFile.shippedText());
        return ExitCode.OK;
    }
}
