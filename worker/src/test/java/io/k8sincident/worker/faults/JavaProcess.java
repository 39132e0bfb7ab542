package io.k8sincident.worker.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;

/** A process of ours that announces itself with a file, and that can be killed with signal 9. */
final class JavaProcess {
    private static final int KILLED = 128 + 9;
    private static final Duration START = Duration.ofSeconds(90);

    private final Class<?> main;
    private final List<String> arguments;
    private final Map<String, String> environment;
    private final Path log;
    private final Path readyFile;
    private final Process process;

    private JavaProcess(
            Class<?> main, List<String> arguments, Map<String, String> environment, Path folder, String name)
            throws IOException {
        this.main = main;
        this.arguments = arguments;
        this.environment = environment;
        this.log = folder.resolve(name + ".log");
        this.readyFile = folder.resolve(name + ".ready");
        Files.deleteIfExists(readyFile);
        this.process = launch();
    }

    /**
     * Starts it; {@code READY} in an argument stands for the file in which it says that it is ready.
     *
     * @param environment what it has beside this process's own, from which TEMPORAL_ and INCIDENT_ are taken out
     */
    static JavaProcess start(
            Class<?> main, List<String> arguments, Map<String, String> environment, Path folder, String name)
            throws IOException {
        return new JavaProcess(main, arguments, environment, folder, name);
    }

    private Process launch() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        arguments.forEach(argument -> command.add(argument.replace("READY", readyFile.toString())));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("TEMPORAL_") || name.startsWith("INCIDENT_"));
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** What it announced; empty if it was killed before. */
    Optional<String> awaitReady() throws IOException {
        Awaitility.await().atMost(START).until(() -> Files.exists(readyFile) || !process.isAlive());
        if (process.isAlive()) {
            return Optional.of(Files.readString(readyFile, StandardCharsets.UTF_8));
        }
        if (process.exitValue() != KILLED) {
            throw new IllegalStateException(main.getSimpleName() + " ended: " + Files.readString(log));
        }
        return Optional.empty();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Signal 9, and waits until it is gone. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
