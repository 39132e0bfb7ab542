package io.k8sincident.activities.audit.verify;

import io.k8sincident.activities.audit.chain.ChainedLine;
import java.io.Closeable;
import java.io.IOException;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** The records of a trail, with a look at the next one. Not thread-safe. */
final class RecordReader implements Closeable {
    /**
     * A line and what it says.
     *
     * @param record null if it is none
     */
    record Found(RawLine line, @Nullable ChainedLine record) {
        boolean torn() {
            return !line.whole() && record == null;
        }
    }

    private final LineReader lines;
    private @Nullable Found next;

    RecordReader(Collection<LineSource> sources) throws IOException {
        this.lines = new LineReader(sources);
        this.next = read();
    }

    /** The next one without taking it; null after the last. */
    @Nullable
    Found peek() {
        return next;
    }

    @Nullable
    Found take() throws IOException {
        Found taken = next;
        next = taken == null ? null : read();
        return taken;
    }

    private @Nullable Found read() throws IOException {
        RawLine line = lines.next();
        if (line == null) {
            return null;
        }
        return new Found(line, line.whole() ? ChainedLine.parse(line.bytes()).orElse(null) : null);
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
