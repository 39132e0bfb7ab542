package io.k8sincident.cli.command;

import io.k8sincident.workflows.model.Verdict;
import picocli.CommandLine.Command;

/** No. */
@Command(name = "reject", description = "Reject the open plan; the incident ends and nothing is changed.")
final class RejectCommand extends DecisionCommand {
    @Override
    Verdict verdict() {
        return Verdict.REJECT;
    }
}
