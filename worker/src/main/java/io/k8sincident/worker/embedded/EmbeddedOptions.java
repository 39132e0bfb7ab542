package io.k8sincident.worker.embedded;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the embedded server was asked to run.
 *
 * @param port on 127.0.0.1; 0 for one that is free
 * @param ready file that is there while the server runs
 * @param exitWithParent whether the end of the process that started it ends the server
 * @param withIncident whether it starts with one open incident that nobody works on, for rehearsals of the command line
 */
record EmbeddedOptions(int port, @Nullable Path ready, boolean exitWithParent, boolean withIncident) {
    private static final int USUAL_PORT = 7233;
    private static final int LAST_PORT = 65535;

    /**
     * Reads arguments.
     *
     * @throws IllegalArgumentException if there is one that is not known or does not fit, naming it
     */
    static EmbeddedOptions parse(String... args) {
        int port = USUAL_PORT;
        Path ready = null;
        boolean exitWithParent = false;
        boolean withIncident = false;
        for (Iterator<String> rest = Arrays.asList(args).iterator(); rest.hasNext(); ) {
            String argument = rest.next();
            switch (argument) {
                case "--port" -> port = port(value(argument, rest));
                case "--ready-file" -> ready = Path.of(value(argument, rest));
                case "--exit-with-parent" -> exitWithParent = true;
                case "--with-incident" -> withIncident = true;
                default -> throw new IllegalArgumentException("unknown argument \"" + argument + "\"");
            }
        }
        return new EmbeddedOptions(port, ready, exitWithParent, withIncident);
    }

    Optional<Path> readyFile() {
        return Optional.ofNullable(ready);
    }

    private static String value(String argument, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(argument + " needs a value");
        }
        return rest.next();
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= LAST_PORT) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Reported like one that is out of range.
        }
        throw new IllegalArgumentException("--port is \"" + text + "\", not a number from 0 to " + LAST_PORT);
    }
}
