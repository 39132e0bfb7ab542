package io.k8sincident.cli.command;

import io.k8sincident.activities.audit.seal.KeyFile;
import io.k8sincident.cli.audit.PostgresPlace;
import io.k8sincident.cli.output.ExitCode;
import io.k8sincident.cli.output.Screen;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The tables of a trail in PostgreSQL. */
@Command(
        name = "migrate",
        description = "Make the trail's tables in PostgreSQL, or bring them up to date, as the role that owns them.")
final class AuditMigrateCommand extends Subcommand {

    @Option(names = "--postgres", required = true, paramLabel = "URL", description = "With the owner's role.")
    @SuppressWarnings("NullAway.Init") // picocli refuses a command line without it
    String owner;

    @Option(
            names = "--writer",
            required = true,
            paramLabel = "ROLE",
            description = "The worker's role, which is there already; it may insert and select, nothing else.")
    @SuppressWarnings("NullAway.Init") // picocli refuses a command line without it
    String writer;

    @Override
    int run(Screen screen) throws IOException {
        screen.print(
                new PostgresPlace(owner, new KeyFile(surroundings().runs().resolve(KeyFile.FILE))).migrate(writer));
        return ExitCode.OK;
    }
}
