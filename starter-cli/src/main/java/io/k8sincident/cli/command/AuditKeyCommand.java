package io.k8sincident.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The key that seals a trail. */
@Command(
        name = "key",
        description = "Make, show, rotate or replace the key that seals the trail.",
        subcommands = {
            AuditKeyCreateCommand.class,
            AuditKeyShowCommand.class,
            AuditKeyRotateCommand.class,
            AuditKeyReplaceCommand.class
        })
final class AuditKeyCommand implements Runnable {
    @Mixin
    final TalkOptions talk = new TalkOptions();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "create, show, rotate or replace is missing");
    }
}
