package io.k8sincident.activities.audit.verify;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Reads the lines of several sources as if they were one; a long line is cut, never kept. Not thread-safe. */
final class LineReader implements Closeable {
    /** No record of ours comes near it; a log of one line must not fill the heap. */
    private static final int LONGEST = 4 * 1024 * 1024;

    private static final int BUFFER = 256 * 1024;

    private final Deque<LineSource> waiting;
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int filled;
    private @Nullable InputStream open;
    private String name = "";
    private long number;

    LineReader(Collection<LineSource> sources) {
        this.waiting = new ArrayDeque<>(sources);
    }

    /** The next line, null after the last. */
    @Nullable
    RawLine next() throws IOException {
        ByteArrayOutputStream begun = null;
        boolean any = false;
        while (at < filled || fill(any)) {
            any = true;
            int end = lineFeed();
            if (end >= 0 && begun == null) {
                return take(end, line(at, end));
            }
            begun = begun == null ? new ByteArrayOutputStream() : begun;
            int stop = end >= 0 ? end : filled;
            begun.write(buffer, at, Math.min(stop - at, Math.max(0, LONGEST - begun.size())));
            if (end >= 0) {
                return take(end, begun.toByteArray());
            }
            at = filled;
        }
        return any ? new RawLine(begun == null ? new byte[0] : begun.toByteArray(), name, ++number, false) : null;
    }

    private RawLine take(int end, byte[] line) {
        at = end + 1;
        return new RawLine(line, name, ++number, line.length < LONGEST);
    }

    private byte[] line(int from, int to) {
        byte[] line = new byte[to - from];
        System.arraycopy(buffer, from, line, 0, line.length);
        return line;
    }

    private int lineFeed() {
        for (int i = at; i < filled; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    /** Reads on; opens the next source only between lines. */
    private boolean fill(boolean withinLine) throws IOException {
        while (true) {
            int read = open == null ? -1 : open.read(buffer);
            if (read > 0) {
                at = 0;
                filled = read;
                return true;
            }
            close();
            if (withinLine || waiting.isEmpty()) {
                return false;
            }
            LineSource next = waiting.remove();
            open = next.open();
            name = next.name();
            number = 0;
        }
    }

    /** Whether the line that was just read was the last of all. */
    boolean atEnd() throws IOException {
        return at >= filled && !fill(false);
    }

    @Override
    public void close() throws IOException {
        if (open != null) {
            open.close();
            open = null;
        }
    }
}
