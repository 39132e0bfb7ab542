package io.k8sincident.cli.command;

import io.k8sincident.cli.output.Problem;
import io.k8sincident.cli.output.Screen;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns whatever went wrong into an error of the usual form; a stack trace only with {@code --debug}. */
final class Failures implements IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult arguments) {
        Problem problem = FailureReport.of(failure);
        if (command.getCommandSpec().userObject() instanceof Subcommand subcommand) {
            subcommand.screen().show(problem);
            if (subcommand.talk.debug) {
                failure.printStackTrace(command.getErr());
            }
        } else {
            new Screen(command.getOut(), command.getErr(), false, false).show(problem);
        }
        return problem.exitCode();
    }
}
