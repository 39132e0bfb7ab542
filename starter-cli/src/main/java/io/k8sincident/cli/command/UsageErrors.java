package io.k8sincident.cli.command;

import io.k8sincident.cli.output.ExitCode;
import io.k8sincident.cli.output.Problem;
import io.k8sincident.cli.output.Screen;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;

/** Says what was not understood, and where the help is. */
final class UsageErrors implements IParameterExceptionHandler {
    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        new Screen(command.getOut(), command.getErr(), false, false)
                .show(Problem.usage(
                        String.valueOf(failure.getMessage()),
                        command.getCommandSpec().qualifiedName() + " --help"));
        return ExitCode.USAGE;
    }
}
