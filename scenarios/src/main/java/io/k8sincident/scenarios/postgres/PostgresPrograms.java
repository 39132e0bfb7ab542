package io.k8sincident.scenarios.postgres;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The server programs of PostgreSQL that the system's packages have brought. They refuse to run as root, and are run as
 * {@code postgres} then.
 *
 * @param directory where {@code initdb} and {@code postgres} lie
 */
public record PostgresPrograms(Path directory) {
    /** The user whom the packages make for the server. */
    static final String USER = "postgres";

    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

    /** Those on the {@code PATH}, else the newest below {@code /usr/lib/postgresql}; empty if there are none. */
    public static Optional<PostgresPrograms> find() {
        List<Path> directories = new ArrayList<>();
        for (String each : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            directories.add(Path.of(each));
        }
        if (Files.isDirectory(DEBIAN)) {
            try (Stream<Path> versions = Files.list(DEBIAN)) {
                versions.sorted(Comparator.comparing(PostgresPrograms::version).reversed())
                        .map(version -> version.resolve("bin"))
                        .forEach(directories::add);
            } catch (IOException e) {
                // Then there are those on the PATH.
            }
        }
        return directories.stream()
                .filter(each ->
                        Files.isExecutable(each.resolve("initdb")) && Files.isExecutable(each.resolve("postgres")))
                .findFirst()
                .map(PostgresPrograms::new);
    }

    /** The command of one of them, as a user who may run it. */
    List<String> command(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        if (root()) {
            // It becomes the program instead of starting it: a signal to its process is one to the program.
            command.addAll(List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, "--clear-groups"));
        }
        command.add(directory.resolve(program).toString());
        command.addAll(List.of(arguments));
        return command;
    }

    static boolean root() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static int version(Path directory) {
        String name = String.valueOf(directory.getFileName());
        return name.matches("[0-9]{1,4}") ? Integer.parseInt(name) : 0;
    }
}
