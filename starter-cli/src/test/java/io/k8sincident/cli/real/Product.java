package io.k8sincident.cli.real;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** The product as it is run: the launcher as a process, and a worker as a process that can be killed. */
final class Product {
    static final String CLUSTER = "real";
    private final Path home = home();
    private final RealServers servers;
    private final Path runs;
    private final Map<String, String> more = new HashMap<>();

    Product(RealServers servers, Path runs) {
        this.servers = servers;
        this.runs = runs;
    }

    /** One more variable, for all that is started from now on. */
    Product with(String variable, String value) {
        more.put(variable, value);
        return this;
    }

    /** What a command answered. */
    record Answer(int exitCode, String out, String err) {}

    /** Runs {@code ./incident} with these arguments to its end. */
    Answer incident(String... arguments) {
        List<String> command = new ArrayList<>(List.of(home.resolve("incident").toString()));
        command.addAll(Arrays.asList(arguments));
        return run(command);
    }

    /** Runs the official {@code temporal} CLI against the server. */
    Answer temporal(String... arguments) {
        List<String> command = new ArrayList<>(List.of(servers.temporalScript().toString()));
        command.addAll(Arrays.asList(arguments));
        return run(command);
    }

    /** Starts a worker and waits until it says that it is ready. */
    Process startWorker(String name) throws IOException {
        return startWorker(name, Map.of());
    }

    /** The same with more in its environment. */
    Process startWorker(String name, Map<String, String> more) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-cp",
                home.resolve("worker/target/worker.jar") + ":" + home.resolve("worker/target/lib") + "/*",
                "io.k8sincident.worker.WorkerApplication");
        return startUntilReady(name, command, more);
    }

    /** Starts {@code ./incident worker}, which has the worker as a process below it. */
    Process startWorkerCommand(String name) throws IOException {
        return startUntilReady(name, List.of(home.resolve("incident").toString(), "worker"), Map.of());
    }

    private Process startUntilReady(String name, List<String> command, Map<String, String> more) throws IOException {
        Path log = runs.resolve(name + ".log");
        ProcessBuilder worker =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        worker.environment().putAll(environment());
        worker.environment().putAll(more);
        Process process = worker.start();
        try {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(40))
                    .until(() -> read(log).contains("worker ready") || !process.isAlive());
        } catch (ConditionTimeoutException e) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new IllegalStateException("the worker is not ready: " + read(log), e);
        }
        if (!process.isAlive()) {
            throw new IllegalStateException("the worker ended: " + read(log));
        }
        return process;
    }

    private Answer run(List<String> command) {
        try {
            Path out = Files.createTempFile(runs, "out", ".txt");
            Path err = Files.createTempFile(runs, "err", ".txt");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
            builder.environment().putAll(environment());
            Process process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(4, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IllegalStateException(command + " did not end; it printed " + read(out) + read(err));
            }
            return new Answer(process.exitValue(), read(out), read(err));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Map<String, String> environment() {
        String port = servers.temporal().substring(servers.temporal().lastIndexOf(':') + 1);
        Map<String, String> all = new HashMap<>(Map.of(
                "KUBECONFIG",
                servers.kubeconfig().toString(),
                "TEMPORAL_ADDRESS",
                servers.temporal(),
                "TEMPORAL_PORT",
                port,
                "INCIDENT_CLUSTER",
                CLUSTER,
                "INCIDENT_RUNS",
                runs.toString(),
                "NO_COLOR",
                "1"));
        all.putAll(more);
        return all;
    }

    private static String read(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    private static Path home() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isExecutable(folder.resolve("incident"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException("the launcher 'incident' is in no folder above this one");
            }
        }
        return folder;
    }
}
