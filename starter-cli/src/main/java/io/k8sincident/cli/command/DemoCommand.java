package io.k8sincident.cli.command;

import io.k8sincident.cli.host.LocalStack;
import io.k8sincident.cli.local.LocalServers;
import io.k8sincident.cli.local.Program;
import io.k8sincident.cli.output.ExitCode;
import io.k8sincident.cli.output.Problem;
import io.k8sincident.cli.output.Screen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The whole of it on a machine with nothing. */
@Command(
        name = "demo",
        description = "Break a Deployment on a practice cluster here, and walk through its incident from evidence to"
                + " record. Needs nothing but Java; everything it starts ends with it.")
final class DemoCommand extends Subcommand {
    @Option(names = "--approve", description = "Approve the plan without asking, by the same signal a person sends.")
    boolean approve;

    @Override
    int run(Screen screen) throws IOException, InterruptedException {
        if (!approve && !surroundings().terminals().canAsk()) {
            throw Problem.usage("nobody can be asked for the approval here", "incident demo --approve");
        }
        screen.say("incident demo: starting Temporal, a practice cluster and a worker on this machine …");
        Path runs = surroundings().runs();
        Path directory = runs.resolve("demo-" + ProcessHandle.current().pid());
        try (LocalServers servers = new LocalServers()) {
            LocalStack stack = servers.start(
                    Program.ofProcess(),
                    surroundings(),
                    directory,
                    directory.resolve("temporal.db"),
                    line -> screen.say("  " + line));
            int code = new DemoTour(screen, surroundings(), connections(), stack, approve).walk();
            if (code != ExitCode.OK) {
                screen.say(Screen.label("logs", directory.toString()));
                return code;
            }
        }
        delete(directory);
        return ExitCode.OK;
    }

    /** Only what the servers needed for themselves: trail, records and blobs lie above it. */
    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
