package io.k8sincident.activities.audit.store;

import io.k8sincident.activities.audit.ChainedEntry;
import io.k8sincident.activities.audit.chain.ChainedLine;
import io.k8sincident.activities.audit.chain.Heading;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Where the records of an incident stand in one file, which may still grow at its end. Not thread-safe. */
final class SegmentIndex {
    private final List<Stretch> stretches = new ArrayList<>(List.of(new Stretch(0)));
    private long end;
    private long lastStart;
    private byte[] lastLine = {};

    /** Reads what was appended since. False if what was read before is no more there: then this is of no use. */
    boolean readOn(LineFile file) throws IOException {
        if (end > 0 && (file.size() < end || !Arrays.equals(file.lineAt(lastStart), lastLine))) {
            return false;
        }
        end = file.linesFrom(end, this::add);
        return true;
    }

    private void add(long start, byte[] line) {
        Stretch stretch = stretches.get(stretches.size() - 1);
        if (!stretch.takes(start)) {
            stretch.full();
            stretch = new Stretch(start);
            stretches.add(stretch);
        }
        long after = start + line.length + 1;
        int hash = Heading.of(line).map(SegmentIndex::hash).orElse(0);
        stretch.add(hash, start, after);
        lastStart = start;
        lastLine = line;
    }

    List<Stretch> stretches() {
        return stretches;
    }

    /** The entries of an incident with this event, oldest first. */
    List<ChainedEntry> find(LineFile file, String incident, String event) throws IOException {
        List<ChainedEntry> found = new ArrayList<>();
        for (Stretch stretch : stretches) {
            if (stretch.forgotten()) {
                var unused = file.linesFrom(stretch.from(), (start, line) -> {
                    if (start < stretch.to()) {
                        take(line, incident, event, found);
                    }
                });
            }
            for (long start : stretch.starts(hash(incident, event))) {
                take(file.lineAt(start), incident, event, found);
            }
        }
        return found;
    }

    private static void take(byte[] line, String incident, String event, List<ChainedEntry> found) {
        Heading.of(line)
                .filter(heading ->
                        heading.incident().equals(incident) && heading.event().equals(event))
                .flatMap(heading -> ChainedLine.parse(line))
                .ifPresent(record -> found.add(record.entry()));
    }

    private static int hash(Heading heading) {
        return hash(heading.incident(), heading.event());
    }

    private static int hash(String incident, String event) {
        return Objects.hash(incident, event);
    }
}
