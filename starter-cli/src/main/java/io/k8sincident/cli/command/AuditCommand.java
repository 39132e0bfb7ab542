package io.k8sincident.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The trail of everything that happened. */
@Command(
        name = "audit",
        description =
                "Check the audit trail, take one incident's records out of it, review broken glass, and look after its"
                        + " key.",
        subcommands = {
            AuditVerifyCommand.class,
            AuditExportCommand.class,
            AuditReviewCommand.class,
            AuditKeyCommand.class,
            AuditSegmentCommand.class,
            AuditMigrateCommand.class
        })
final class AuditCommand implements Runnable {
    @Mixin
    final TalkOptions talk = new TalkOptions();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "verify, export, review, key, segment or migrate is missing");
    }
}
