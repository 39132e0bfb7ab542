package io.k8sincident.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What may be done, as a file says it. */
@Command(
        name = "policy",
        description = "Check a policy, ask it what it would say, or show the default one.",
        subcommands = {PolicyCheckCommand.class, PolicyShowCommand.class})
final class PolicyCommand implements Runnable {
    @Mixin
    final TalkOptions talk = new TalkOptions();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "check or show is missing");
    }
}
