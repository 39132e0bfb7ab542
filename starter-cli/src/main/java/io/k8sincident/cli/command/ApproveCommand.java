package io.k8sincident.cli.command;

import io.k8sincident.workflows.model.Verdict;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Yes, exactly this. */
@Command(name = "approve", description = "Approve exactly one plan, named by its digest.")
final class ApproveCommand extends DecisionCommand {
    @Option(
            names = "--break-glass",
            paramLabel = "WHY",
            description =
                    "In an emergency: approve against what the policy says, as far as it lets you, with the key of"
                            + " 'init --break-glass'. Recorded, shown everywhere, and to be reviewed by somebody else.")
    @Nullable
    String breakGlass;

    @Override
    @Nullable
    String breakGlass() {
        return breakGlass;
    }

    @Override
    Verdict verdict() {
        return Verdict.APPROVE;
    }
}
