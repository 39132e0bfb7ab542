package io.k8sincident.activities.audit.verify;

import io.k8sincident.activities.audit.AuditUnavailableException;
import io.k8sincident.activities.audit.seal.Checkpoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The lines of a trail beside the checkpoints that seal them. */
public final class RecordedLines {
    /** Takes what one checkpoint seals. */
    @FunctionalInterface
    public interface Sealed {
        void take(Checkpoint checkpoint, List<byte[]> lines) throws IOException;
    }

    private final Collection<LineSource> lines;
    private final LineSource checkpoints;

    /**
     * For these.
     *
     * @param lines the segments in order
     */
    public RecordedLines(Collection<LineSource> lines, LineSource checkpoints) {
        this.lines = List.copyOf(lines);
        this.checkpoints = checkpoints;
    }

    /**
     * Hands over the lines of one checkpoint after the other; what comes after the last is left out. Lines are not checked
     * here.
     *
     * @throws AuditUnavailableException if the checkpoints do not follow one another as the lines do
     */
    public void forEachSealed(Sealed sealed) throws IOException {
        try (RecordReader records = new RecordReader(lines);
                CheckpointReader seals = new CheckpointReader(checkpoints)) {
            RecordReader.Found first = records.peek();
            ScannedRecord record = first == null ? null : first.record();
            long start = record == null ? 1 : record.sequence();
            for (Checkpoint checkpoint = seals.current(); checkpoint != null; checkpoint = seals.current()) {
                if (checkpoint.sequence() >= start) {
                    sealed.take(checkpoint, linesOf(checkpoint, records));
                }
                seals.advance();
            }
            if (seals.flaw().isPresent()) {
                throw inconsistent(seals.flaw().get().text());
            }
        }
    }

    private static List<byte[]> linesOf(Checkpoint checkpoint, RecordReader records) throws IOException {
        List<byte[]> lines = new ArrayList<>();
        for (long sequence = checkpoint.after() + 1; sequence <= checkpoint.sequence(); sequence++) {
            RecordReader.Found found = records.take();
            ScannedRecord record = found == null ? null : found.record();
            if (record == null || record.sequence() != sequence) {
                throw inconsistent("record " + sequence + " is not where it should be");
            }
            lines.add(record.line().bytes());
        }
        return lines;
    }

    private static AuditUnavailableException inconsistent(String what) {
        return new AuditUnavailableException(
                "the trail does not hold together: " + what + ". Nothing was written. Next: incident audit verify",
                null);
    }
}
