package io.k8sincident.cli.command;

import io.k8sincident.workflows.model.Verdict;
import picocli.CommandLine.Command;

/** Yes, exactly this. */
@Command(name = "approve", description = "Approve exactly one plan, named by its digest.")
final class ApproveCommand extends DecisionCommand {
    @Override
    Verdict verdict() {
        return Verdict.APPROVE;
    }
}
