package io.k8sincident.cli.command;

import io.k8sincident.cli.output.ExitCode;
import io.k8sincident.cli.output.Screen;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Completion for shells. */
@Command(
        name = "completion",
        description = "Print a completion script: source <(incident completion bash), or zsh in place of bash.")
final class CompletionCommand extends Subcommand {
    /** The shells that the script works in. */
    enum Shell {
        BASH,
        ZSH
    }

    @Parameters(paramLabel = "bash|zsh", description = "The shell.")
    Shell shell = Shell.BASH;

    @Override
    int run(Screen screen) {
        // The script itself switches zsh to bash's completion, so one text serves both.
        screen.printRaw(AutoComplete.bash("incident", spec().root().commandLine()));
        return ExitCode.OK;
    }
}
