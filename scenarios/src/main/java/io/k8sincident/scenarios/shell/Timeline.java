package io.k8sincident.scenarios.shell;

import java.util.List;
import java.util.Optional;

/**
 * What a container's process does, from its start on. All times are seconds since then.
 *
 * @param lines what it writes, in order
 * @param files what it does to files that matter, in order
 * @param listener the port it serves, if it ever does
 * @param end how it ends by itself, empty where it runs until it is stopped
 * @param stopsOnTerm whether it ends when it is asked to (a first process without a handler does not)
 */
public record Timeline(
        List<Line> lines, List<FileChange> files, Optional<Listener> listener, Optional<End> end, boolean stopsOnTerm) {
    /** Copies the lists. */
    public Timeline {
        lines = List.copyOf(lines);
        files = List.copyOf(files);
    }

    /** One line of output. */
    public record Line(double at, String text) {}

    /** A file that is there from a time on, or (without content) no longer. */
    public record FileChange(double at, String path, Optional<String> content) {}

    /** A web server: its port, the directory it serves, and whether it logs requests. */
    public record Listener(double at, int port, String root, boolean verbose) {}

    /** The end of the process. {@code outOfMemory} where the kernel killed it. */
    public record End(double at, int exitCode, boolean outOfMemory) {}

    /** Whether a file is there at a time. */
    public boolean hasFile(String path, double at) {
        boolean there = false;
        for (FileChange change : files) {
            if (change.path().equals(path) && change.at() <= at) {
                there = change.content().isPresent();
            }
        }
        return there;
    }

    /** The status of a GET, or empty where nobody listens on that port yet. */
    public Optional<Integer> httpStatus(int port, String path, double at) {
        return listener.filter(server -> server.port() == port && server.at() <= at)
                .map(server -> serves(server, path.split("\\?", 2)[0], at) ? 200 : 404);
    }

    private boolean serves(Listener server, String path, double at) {
        String file = server.root().replaceAll("/+$", "") + path;
        return hasFile(file.endsWith("/") ? file + "index.html" : file, at);
    }
}
