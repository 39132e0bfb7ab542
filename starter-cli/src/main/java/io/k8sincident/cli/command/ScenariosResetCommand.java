package io.k8sincident.cli.command;

import io.k8sincident.cli.cluster.Scenario;
import io.k8sincident.cli.cluster.ScenarioRun;
import picocli.CommandLine.Command;

/** Takes it away again. */
@Command(name = "reset", description = "Delete what a scenario applied; the rest of namespace demo stays.")
final class ScenariosResetCommand extends ScenarioCommand {
    @Override
    void run(ScenarioRun run, Scenario scenario) {
        run.reset(scenario);
    }

    @Override
    String next() {
        return "incident scenarios list";
    }
}
