package io.k8sincident.cli.host;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/**
 * What a command may know of the machine, so that tests can give it another one.
 *
 * @param directory where it was started
 * @param input what a person types
 * @param terminals which of its streams are terminals
 */
public record Surroundings(
        Map<String, String> environment, Path directory, BufferedReader input, Terminals terminals, Clock clock) {
    public Surroundings {
        environment = Map.copyOf(environment);
    }

    /** Those of this process. */
    public static Surroundings ofProcess() {
        return new Surroundings(
                System.getenv(),
                Path.of("").toAbsolutePath(),
                new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())),
                Terminals.ofProcess(),
                Clock.systemUTC());
    }

    /** A variable of the environment; empty if it is not set. */
    public String variable(String name) {
        return environment.getOrDefault(name, "");
    }

    /** Where audit trail, records and blobs are kept: {@code INCIDENT_RUNS}, else {@code runs} where it was started. */
    public Path runs() {
        return directory.resolve(variable("INCIDENT_RUNS").isEmpty() ? "runs" : variable("INCIDENT_RUNS"));
    }

    /** Who types: {@code USER}, else the name that the JVM knows. */
    public String user() {
        String user = variable("USER");
        return user.isEmpty() ? System.getProperty("user.name", "unknown") : user;
    }
}
