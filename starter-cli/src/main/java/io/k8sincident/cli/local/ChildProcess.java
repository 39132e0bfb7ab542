package io.k8sincident.cli.local;

import io.k8sincident.cli.output.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A process that belongs to this one: its output goes to a log file, and it ends with this one, because the input that
 * this one holds open closes.
 */
public final class ChildProcess implements AutoCloseable {
    private static final long PAUSE_MILLIS = 20;
    private static final long GRACE_SECONDS = 5;
    private static final int TAIL = 10;

    private final String name;
    private final Process process;
    private final Path log;

    private ChildProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /** Starts it with additions to this process' environment; an empty value takes a variable away. */
    public static ChildProcess start(String name, List<String> command, Map<String, String> environment, Path log) {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        environment.forEach((variable, value) -> {
            if (value.isEmpty()) {
                builder.environment().remove(variable);
            } else {
                builder.environment().put(variable, value);
            }
        });
        try {
            return new ChildProcess(name, builder.start(), log);
        } catch (IOException e) {
            throw Problem.error(name + " cannot be started: " + e.getMessage(), "incident doctor")
                    .causedBy(e);
        }
    }

    /**
     * Waits for the file in which it says that it is ready, and returns what is in it.
     *
     * @throws Problem if it ends or is not ready in time, with the end of its log
     */
    public String awaitReady(Path readyFile, Duration longest) throws InterruptedException {
        await(() -> Files.exists(readyFile), longest);
        try {
            return Files.readString(readyFile).strip();
        } catch (IOException e) {
            throw failed("is not ready: " + e.getMessage()).causedBy(e);
        }
    }

    /** Waits for a condition while it lives. */
    public void await(BooleanSupplier ready, Duration longest) throws InterruptedException {
        long start = System.nanoTime();
        while (!ready.getAsBoolean()) {
            if (!process.isAlive()) {
                throw failed("ended with exit code " + process.exitValue());
            }
            if (System.nanoTime() - start > longest.toNanos()) {
                throw failed("is not ready after " + longest.toSeconds() + " s");
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
    }

    public String name() {
        return name;
    }

    public long pid() {
        return process.pid();
    }

    public boolean alive() {
        return process.isAlive();
    }

    /** Waits for its end. */
    public int waitFor() throws InterruptedException {
        return process.waitFor();
    }

    /** Why it is of no use, with the end of its log. */
    Problem failed(String why) {
        return Problem.error(name + " " + why + tail(), "look at its log: " + log);
    }

    private String tail() {
        try {
            List<String> lines =
                    Files.readString(log, StandardCharsets.UTF_8).lines().toList();
            return lines.isEmpty()
                    ? ""
                    : "; it said: " + String.join(" | ", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
        } catch (IOException e) {
            return "";
        }
    }

    /** Ends it: asks first, then insists. Doing it again does nothing. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // It has ended already.
        }
        process.destroy();
        try {
            if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
