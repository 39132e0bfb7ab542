package io.k8sincident.cli.command;

import io.k8sincident.cli.cluster.Scenario;
import io.k8sincident.cli.cluster.ScenarioRun;
import picocli.CommandLine.Command;

/** Breaks something. */
@Command(
        name = "apply",
        description = "Apply what works, wait until it is ready, then apply what breaks it; in namespace demo only.")
final class ScenariosApplyCommand extends ScenarioCommand {
    @Override
    void run(ScenarioRun run, Scenario scenario) throws InterruptedException {
        run.apply(scenario);
    }

    @Override
    String next() {
        return "incident triage -n demo";
    }
}
