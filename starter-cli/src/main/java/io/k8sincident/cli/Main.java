package io.k8sincident.cli;

import io.k8sincident.cli.command.Commands;
import io.k8sincident.cli.host.HttpThreads;
import io.k8sincident.cli.host.Surroundings;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The process {@code incident}. */
public final class Main {
    private Main() {}

    /** Runs one command and exits with its code. */
    public static void main(String[] arguments) {
        if (List.of(arguments).contains("--debug")) {
            // Before the first logger is made: it is read once.
            System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "warn");
        }
        Surroundings surroundings = Surroundings.ofProcess();
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int code = Commands.execute(surroundings, new ServerConnections(surroundings), out, err, arguments);
        HttpThreads.end();
        System.exit(code);
    }
}
