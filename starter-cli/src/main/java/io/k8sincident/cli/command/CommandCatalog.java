package io.k8sincident.cli.command;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/**
 * All commands, in the order of the help. Building one takes milliseconds of reflection, so only the one that is called
 * is built; the help needs no more than their names and descriptions.
 */
final class CommandCatalog {
    private static final List<Class<?>> ALL = List.of(
            DemoCommand.class,
            TriageCommand.class,
            RecordCommand.class,
            StartCommand.class,
            ListCommand.class,
            ShowCommand.class,
            WatchCommand.class,
            EvidenceCommand.class,
            PlanCommand.class,
            ReviseCommand.class,
            ApproveCommand.class,
            RejectCommand.class,
            CancelCommand.class,
            InitCommand.class,
            DoctorCommand.class,
            ScenariosCommand.class,
            WorkerCommand.class,
            UpCommand.class,
            CompletionCommand.class,
            VersionCommand.class);

    private CommandCatalog() {}

    /** Adds to the root what these arguments need. */
    static void addTo(CommandLine root, String... arguments) {
        String called = arguments.length == 0 ? "" : arguments[0];
        boolean completion = called.equals(annotation(CompletionCommand.class).name());
        for (Class<?> type : ALL) {
            if (completion || names(type).anyMatch(called::equals)) {
                root.addSubcommand(type);
            } else {
                root.addSubcommand(annotation(type).name(), entry(annotation(type)));
            }
        }
    }

    private static Stream<String> names(Class<?> type) {
        Command command = annotation(type);
        return Stream.concat(Stream.of(command.name()), Arrays.stream(command.aliases()));
    }

    private static CommandSpec entry(Command command) {
        CommandSpec entry = CommandSpec.create().name(command.name()).aliases(command.aliases());
        entry.usageMessage().description(command.description());
        return entry;
    }

    private static Command annotation(Class<?> type) {
        Command command = type.getAnnotation(Command.class);
        if (command == null) {
            throw new IllegalStateException(type + " is not a command");
        }
        return command;
    }
}
