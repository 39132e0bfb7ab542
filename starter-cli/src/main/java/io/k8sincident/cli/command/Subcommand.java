package io.k8sincident.cli.command;

import io.k8sincident.cli.host.Surroundings;
import io.k8sincident.cli.output.Screen;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What every command has: its screen, its surroundings and the connections it may ask for. */
abstract class Subcommand implements Callable<Integer> {
    @Mixin
    final TalkOptions talk = new TalkOptions();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /** Does it and returns the exit code. */
    abstract int run(Screen screen) throws Exception;

    @Override
    public final Integer call() throws Exception {
        return run(screen());
    }

    /** Where it writes, coloured as asked. */
    final Screen screen() {
        Map<String, String> environment = surroundings().environment();
        return new Screen(
                spec.commandLine().getOut(),
                spec.commandLine().getErr(),
                talk.color.colours(surroundings().terminals().out(), environment),
                talk.color.colours(surroundings().terminals().err(), environment));
    }

    final Surroundings surroundings() {
        return root().surroundings();
    }

    final Connections connections() {
        return root().connections();
    }

    final CommandSpec spec() {
        return spec;
    }

    private IncidentCommand root() {
        return (IncidentCommand) spec.root().userObject();
    }
}
