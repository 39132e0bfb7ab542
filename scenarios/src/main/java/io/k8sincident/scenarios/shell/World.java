package io.k8sincident.scenarios.shell;

import io.k8sincident.scenarios.shell.Interpreter.Exit;
import io.k8sincident.scenarios.shell.Timeline.End;
import io.k8sincident.scenarios.shell.Timeline.FileChange;
import io.k8sincident.scenarios.shell.Timeline.Line;
import io.k8sincident.scenarios.shell.Timeline.Listener;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a run has done so far: its time, output, files, memory. */
final class World {
    private static final int MOST_LINES = 2_000;
    private static final int KILLED = 137;
    /** What a process needs before it does anything. */
    private static final long FLOOR = 1 << 20;

    private final Map<String, String> variables;
    private final Map<String, String> programs;
    private final long memoryLimit;
    private final List<Line> lines = new ArrayList<>();
    private final List<FileChange> files = new ArrayList<>();
    private final Map<String, String> contents = new HashMap<>();
    private List<String> arguments = List.of();
    private Optional<Listener> listener = Optional.empty();
    private @Nullable StringBuilder redirected;
    private double now;
    private long held = FLOOR;
    private int status;
    private boolean exitsOnError;
    private boolean handlesTerm;
    private boolean backgroundForever;

    World(Map<String, String> variables, Map<String, String> programs, long memoryLimit) {
        this.variables = new HashMap<>(variables);
        this.programs = Map.copyOf(programs);
        this.memoryLimit = memoryLimit;
    }

    Timeline timeline(Optional<End> end) {
        lines.sort(java.util.Comparator.comparingDouble(Line::at));
        return new Timeline(lines, files, listener, end, handlesTerm);
    }

    double now() {
        return now;
    }

    void setNow(double seconds) {
        now = seconds;
    }

    void sleep(double seconds) {
        now += seconds;
    }

    Words words() {
        return new Words(
                name -> name.equals("?") ? Integer.toString(status) : variables.getOrDefault(name, ""), arguments);
    }

    void assign(String name, String value) {
        variables.put(name, value);
    }

    List<String> arguments() {
        return arguments;
    }

    void setArguments(List<String> values) {
        arguments = List.copyOf(values);
    }

    void setStatus(int code) {
        status = code;
    }

    int status() {
        return status;
    }

    Optional<String> program(String name) {
        return Optional.ofNullable(programs.get(name.substring(name.lastIndexOf('/') + 1)));
    }

    void exitOnError(boolean value) {
        exitsOnError = value;
    }

    boolean exitsOnError() {
        return exitsOnError;
    }

    void handleTerm() {
        handlesTerm = true;
    }

    void backgroundRunsForever() {
        backgroundForever = true;
    }

    boolean hasBackgroundJob() {
        return backgroundForever;
    }

    void listen(int port, String root, boolean verbose) {
        listener = Optional.of(new Listener(now, port, root, verbose));
    }

    /** Takes memory; over the limit the kernel ends the container. */
    void hold(long bytes) {
        held += bytes;
        if (memoryLimit > 0 && held > memoryLimit) {
            print("Killed");
            throw new Exit(KILLED, true);
        }
    }

    void release(long bytes) {
        held -= bytes;
    }

    void print(String text) {
        StringBuilder target = redirected;
        if (target != null) {
            target.append(text).append('\n');
        } else if (lines.size() < MOST_LINES) {
            text.lines().forEach(line -> lines.add(new Line(now, line)));
            if (text.isEmpty()) {
                lines.add(new Line(now, ""));
            }
        }
    }

    void redirect() {
        redirected = new StringBuilder();
    }

    void writeRedirected(String path, boolean append) {
        String text = String.valueOf(redirected);
        redirected = null;
        if (path.startsWith("/dev/std") || path.startsWith("/proc/")) {
            text.lines().forEach(this::print);
        } else if (!path.equals("/dev/null")) {
            write(path, (append ? contents.getOrDefault(path, "") : "") + text);
        }
    }

    void write(String path, String content) {
        contents.put(path, content);
        files.add(new FileChange(now, path, Optional.of(content)));
    }

    void remove(String path) {
        if (contents.remove(path) != null) {
            files.add(new FileChange(now, path, Optional.empty()));
        }
    }

    Optional<String> read(String path) {
        return Optional.ofNullable(contents.get(path));
    }
}
