package io.k8sincident.cli.command;

import io.k8sincident.cli.cluster.ClusterConnection;
import io.k8sincident.cli.cluster.Manifest;
import io.k8sincident.cli.cluster.Scenario;
import io.k8sincident.cli.cluster.ScenarioRun;
import io.k8sincident.cli.cluster.Scenarios;
import io.k8sincident.cli.local.Program;
import io.k8sincident.cli.output.ExitCode;
import io.k8sincident.cli.output.Problem;
import io.k8sincident.cli.output.Screen;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A command about one scenario on one cluster. */
abstract class ScenarioCommand extends Subcommand {
    @Mixin
    final ClusterOptions cluster = new ClusterOptions();

    @Parameters(paramLabel = "NAME", description = "The scenario; see: incident scenarios list.")
    String name = "";

    abstract void run(ScenarioRun run, Scenario scenario) throws InterruptedException;

    abstract String next();

    @Override
    final int run(Screen screen) throws InterruptedException {
        if (cluster.namespace != null && !cluster.namespace.equals(Manifest.NAMESPACE)) {
            throw Problem.refused(
                    "scenarios may touch namespace " + Manifest.NAMESPACE + " only, not " + cluster.namespace,
                    "the same command without -n");
        }
        Scenario scenario = Scenarios.of(Program.ofProcess()).named(name);
        try (ClusterConnection connection = connections().cluster(cluster.choice())) {
            screen.say("cluster " + connection.checkup().server() + ", namespace " + Manifest.NAMESPACE);
            run(connection.scenarios(screen::say), scenario);
        }
        screen.say(Screen.label("next", next()));
        return ExitCode.OK;
    }
}
