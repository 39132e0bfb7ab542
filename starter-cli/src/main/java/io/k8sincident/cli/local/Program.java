package io.k8sincident.cli.local;

import io.k8sincident.cli.output.Problem;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The built program on disk, from which its other processes are started.
 *
 * @param home where its modules lie
 */
public record Program(Path home) {
    private static final String PROPERTY = "incident.home";
    /** The release of Java that began to warn of the libraries that reach below it. */
    private static final int WARNS = 24;

    /**
     * The one that this process belongs to.
     *
     * @throws Problem if the launcher did not say where it is
     */
    public static Program ofProcess() {
        String home = System.getProperty(PROPERTY, "");
        if (home.isEmpty()) {
            throw Problem.error(
                    "the place of the program is not known: -D" + PROPERTY + " is not set",
                    "start it with the launcher: ./incident");
        }
        return new Program(Path.of(home));
    }

    /** The command that runs a class of one of its modules, with Java options before it. */
    public List<String> command(String module, String mainClass, List<String> options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        if (Runtime.version().feature() >= WARNS) {
            command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        }
        command.addAll(List.of("-cp", classPath(module), mainClass));
        return command;
    }

    /**
     * The jar of a module.
     *
     * @throws Problem if it has not been built
     */
    public Path jar(String module) {
        Path jar = target(module).resolve(module + ".jar");
        if (!Files.isRegularFile(jar)) {
            throw Problem.error(jar + " does not exist", "build it: mvn -DskipTests package, in " + home);
        }
        return jar;
    }

    private Path target(String module) {
        return home.resolve(module).resolve("target");
    }

    private String classPath(String module) {
        Path jar = jar(module);
        try (Stream<Path> libraries = Files.list(target(module).resolve("lib"))) {
            List<String> path = new ArrayList<>(List.of(jar.toString()));
            libraries.map(Path::toString).sorted().forEach(path::add);
            return String.join(File.pathSeparator, path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
