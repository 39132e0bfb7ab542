package io.k8sincident.cli.command;

import io.k8sincident.cli.local.Program;
import io.k8sincident.cli.local.WorkerProgram;
import io.k8sincident.cli.output.Screen;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The tables for trail, ledger and blobs, and the rights to them. In the worker's program, which has what it takes. */
@Command(
        name = "migrate",
        description =
                "Make the tables of the database, or change those of an earlier version, and give the worker's role"
                        + " its rights. As the owner of the database; may be done again.")
final class AuditMigrateCommand extends Subcommand {
    @Mixin
    final AuditPlaceOptions trail = new AuditPlaceOptions();

    @Option(
            names = "--worker-role",
            paramLabel = "NAME",
            description = "The role that workers log in as; ${DEFAULT-VALUE} if absent.",
            defaultValue = "incident_worker")
    String workerRole = "";

    @Override
    int run(Screen screen) throws IOException, InterruptedException {
        List<String> command = Program.ofProcess()
                .command(WorkerProgram.MODULE, WorkerProgram.MIGRATION_CLASS, WorkerProgram.JAVA_OPTIONS);
        command.add(workerRole);
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().putAll(trail.databaseEnvironment(surroundings()));
        return builder.start().waitFor();
    }
}
