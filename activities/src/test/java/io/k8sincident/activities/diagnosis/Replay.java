package io.k8sincident.activities.diagnosis;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real API server without controllers, into which recordings are loaded as they were. */
final class Replay implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 120;
    private static final String USER_AGENT = "k8s-incident-agent";

    private final String script;
    private final String name;
    private final Process server;
    private final Path kubeconfig;

    private Replay(String script, String name, Process server, Path kubeconfig) {
        this.script = script;
        this.name = name;
        this.server = server;
        this.kubeconfig = kubeconfig;
    }

    /** Starts one of this name; returns when it answers. */
    static Replay start(String script, String name) throws IOException {
        Process server = new ProcessBuilder(script, "--name", name, "serve")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String ready =
                new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8)).readLine();
        if (ready == null) {
            throw new IOException(script + " serve ended without naming a kubeconfig");
        }
        return new Replay(script, name, server, Path.of(ready.strip()));
    }

    Path kubeconfig() {
        return kubeconfig;
    }

    /** Loads one moment of one scenario into a namespace that is named like the scenario. */
    void load(Path set, String scenario, String moment) {
        run("load", "--moment", moment, "--set", set.toString(), scenario);
    }

    /** Loads the last moment of several scenarios into one namespace. */
    void load(String namespace, Path set, List<String> scenarios) {
        List<String> command = new ArrayList<>(List.of("load", "--namespace", namespace, "--set", set.toString()));
        command.addAll(scenarios);
        run(command.toArray(String[]::new));
    }

    /** How many requests of ours the API server has answered, by its audit log. */
    long requests() throws IOException {
        try (Stream<String> lines = Files.lines(kubeconfig.resolveSibling("audit.log"))) {
            return lines.filter(line -> line.contains("\"stage\":\"ResponseComplete\""))
                    .filter(line -> line.contains("\"userAgent\":\"" + USER_AGENT + "\""))
                    .count();
        }
    }

    void unload(String scenario) {
        run("unload", scenario);
    }

    private void run(String... arguments) {
        List<String> command = new ArrayList<>(List.of(script, "--name", name));
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException(command + ": " + said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        run("stop");
        server.destroy();
    }
}
