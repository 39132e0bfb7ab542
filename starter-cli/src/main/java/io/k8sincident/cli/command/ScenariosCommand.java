package io.k8sincident.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Something to practise on. */
@Command(
        name = "scenarios",
        description = "Break something in namespace demo to practise on, and take it away again.",
        subcommands = {ScenariosListCommand.class, ScenariosApplyCommand.class, ScenariosResetCommand.class})
final class ScenariosCommand implements Runnable {
    @Mixin
    final TalkOptions talk = new TalkOptions();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "list, apply or reset is missing");
    }
}
