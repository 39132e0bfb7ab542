package io.k8sincident.activities.audit.verify;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The records of a trail, with a look at the next one. Not thread-safe. */
final class RecordReader implements Closeable {
    /**
     * A line and what it says.
     *
     * @param record null if it is none
     */
    record Found(RawLine line, @Nullable ScannedRecord record) {
        boolean torn() {
            return !line.whole() && record == null;
        }
    }

    /** Parsing and hashing take most of the time, and need no order: a batch is done on all cores. */
    private static final int BATCH = 1_000;

    private static final int BATCH_BYTES = 4 * 1024 * 1024;

    private final LineReader lines;
    private final Deque<Found> ahead = new ArrayDeque<>();
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
        if (ahead.isEmpty()) {
            List<RawLine> batch = new ArrayList<>();
            int bytes = 0;
            while (batch.size() < BATCH && bytes < BATCH_BYTES) {
                RawLine line = lines.next();
                if (line == null) {
                    break;
                }
                batch.add(line);
                bytes += line.bytes().length;
            }
            ahead.addAll(batch.parallelStream().map(RecordReader::found).toList());
        }
        return ahead.poll();
    }

    private static Found found(RawLine line) {
        return new Found(line, line.whole() ? ScannedRecord.of(line).orElse(null) : null);
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
