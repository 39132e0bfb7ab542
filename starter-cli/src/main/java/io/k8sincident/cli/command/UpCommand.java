package io.k8sincident.cli.command;

import io.k8sincident.cli.host.LocalStack;
import io.k8sincident.cli.host.LocalStackFile;
import io.k8sincident.cli.local.ChildProcess;
import io.k8sincident.cli.local.LocalServers;
import io.k8sincident.cli.local.Program;
import io.k8sincident.cli.output.Problem;
import io.k8sincident.cli.output.Screen;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;

/** Everything on this machine, in the foreground. */
@Command(
        name = "up",
        description = "Run Temporal, a practice cluster and a worker here until Ctrl-C; other commands find them.")
final class UpCommand extends Subcommand {
    @Override
    int run(Screen screen) throws IOException, InterruptedException {
        LocalStackFile file = new LocalStackFile(surroundings());
        if (file.running().isPresent()) {
            throw Problem.error("it runs already, see " + file.path(), "incident list");
        }
        Path runs = surroundings().runs();
        Path directory = runs.resolve("up");
        try (LocalServers servers = new LocalServers()) {
            LocalStack stack = servers.start(
                    Program.ofProcess(), surroundings(), directory, runs.resolve("temporal.db"), screen::say);
            file.write(stack);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(file, stack)));
            announce(screen, stack);
            ChildProcess ended = servers.awaitFirstEnd();
            throw Problem.error(ended.name() + " ended by itself", "look at the logs in " + directory)
                    .withUnchanged("all local servers are stopped now");
        }
    }

    private static void announce(Screen screen, LocalStack stack) {
        screen.print("export TEMPORAL_ADDRESS=" + stack.temporalAddress());
        screen.print("export KUBECONFIG=" + stack.kubeconfig());
        screen.print("export INCIDENT_CLUSTER=" + stack.cluster());
        screen.say(
                "Running until Ctrl-C. Commands of incident find it by themselves; kubectl and temporal need the lines above.");
        screen.say(Screen.label("next", "in another terminal: incident scenarios apply crashloop"));
        screen.say(Screen.label("", "incident triage -n demo"));
        screen.say(Screen.label("", "incident start deployment/crashy -n demo --mode remediate"));
    }

    private static void remove(LocalStackFile file, LocalStack stack) {
        try {
            file.remove(stack);
        } catch (IOException e) {
            // A file that stays behind is ignored, because its processes are gone.
        }
    }
}
