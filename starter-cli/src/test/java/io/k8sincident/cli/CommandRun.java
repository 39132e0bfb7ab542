package io.k8sincident.cli;

import io.k8sincident.cli.command.Commands;
import io.k8sincident.cli.command.Connections;
import io.k8sincident.cli.host.Surroundings;
import io.k8sincident.cli.host.Terminals;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/** Runs one command line in this process and keeps what it said. */
public final class CommandRun {
    private final Connections connections;
    private final Map<String, String> environment = new HashMap<>(Map.of("USER", "bob"));
    private Terminals terminals = Terminals.none();
    private String typed = "";
    private Path directory = Path.of("target");

    public CommandRun(Connections connections) {
        this.connections = connections;
    }

    /** What a command line came to. */
    public record Result(int code, String out, String err) {}

    public CommandRun onTerminal(String answers) {
        terminals = new Terminals(true, true, true);
        typed = answers;
        return this;
    }

    public CommandRun with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    public CommandRun in(Path folder) {
        directory = folder;
        return this;
    }

    public Result run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Surroundings surroundings = new Surroundings(
                environment,
                directory,
                new BufferedReader(new StringReader(typed)),
                terminals,
                Clock.fixed(Incidents.OPENED.plusSeconds(60), ZoneOffset.UTC));
        int code = Commands.execute(surroundings, connections, new PrintWriter(out), new PrintWriter(err), arguments);
        return new Result(code, out.toString(), err.toString());
    }
}
