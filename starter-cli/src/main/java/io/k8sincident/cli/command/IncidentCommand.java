package io.k8sincident.cli.command;

import io.k8sincident.cli.host.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command that all others belong to. */
@Command(
        name = "incident",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Finds out why workloads fail, proposes a change, and makes it only if you approve exactly that.",
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done, nothing wrong",
            "1:error",
            "2:usage",
            "3:problems found, or a proposal waits",
            "4:refused by policy or approval",
            "5:stale: the target changed since",
            "6:unresolved or unknown"
        },
        footer = {"", "First steps: incident demo, or: incident triage -n NAMESPACE"})
public final class IncidentCommand implements Runnable {
    private final Surroundings surroundings;
    private final Connections connections;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /** For these surroundings. */
    public IncidentCommand(Surroundings surroundings, Connections connections) {
        this.surroundings = surroundings;
        this.connections = connections;
    }

    Surroundings surroundings() {
        return surroundings;
    }

    Connections connections() {
        return connections;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}
