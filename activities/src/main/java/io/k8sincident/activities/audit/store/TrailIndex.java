package io.k8sincident.activities.audit.store;

import io.k8sincident.activities.audit.ChainedEntry;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the records of an incident without reading the others again. It lies in memory, is made when something is first
 * looked up, and goes on with what this process or another has appended since. Beyond some millions of records it forgets
 * where the oldest stand, and reads those again each time. Thread-safe.
 */
final class TrailIndex {
    /** Four million records, in half a megabyte each. */
    static final int MOST_STRETCHES = 64;

    private final TrailFiles files;
    private final int mostStretches;
    private Map<Object, SegmentIndex> segments = new HashMap<>();
    private long bytesRead;

    TrailIndex(TrailFiles files) {
        this(files, MOST_STRETCHES);
    }

    TrailIndex(TrailFiles files, int mostStretches) {
        this.files = files;
        this.mostStretches = mostStretches;
    }

    /** All entries of an incident with this event, oldest first. */
    synchronized List<ChainedEntry> find(String incident, String event) throws IOException {
        while (true) {
            Map<Object, Path> before = present();
            List<ChainedEntry> found = new ArrayList<>();
            try {
                segments = readOn(before);
                for (Map.Entry<Object, Path> segment : before.entrySet()) {
                    SegmentIndex index = segments.get(segment.getKey());
                    if (index != null) {
                        found.addAll(reading(segment.getValue(), file -> index.find(file, incident, event)));
                    }
                }
            } catch (NoSuchFileException e) {
                // A segment was put away meanwhile.
            }
            if (before.equals(present())) {
                return found;
            }
        }
    }

    /** How much was read so far. */
    synchronized long bytesRead() {
        return bytesRead;
    }

    private Map<Object, SegmentIndex> readOn(Map<Object, Path> present) throws IOException {
        Map<Object, SegmentIndex> known = new LinkedHashMap<>();
        for (Map.Entry<Object, Path> segment : present.entrySet()) {
            known.put(
                    segment.getKey(),
                    reading(segment.getValue(), file -> readOn(segments.get(segment.getKey()), file)));
        }
        List<Stretch> stretches = known.values().stream()
                .flatMap(index -> index.stretches().stream())
                .toList();
        stretches.subList(0, Math.max(0, stretches.size() - mostStretches)).forEach(Stretch::forget);
        return known;
    }

    private static SegmentIndex readOn(@Nullable SegmentIndex index, LineFile file) throws IOException {
        if (index != null && index.readOn(file)) {
            return index;
        }
        SegmentIndex made = new SegmentIndex();
        var unused = made.readOn(file);
        return made;
    }

    private interface Reading<T> {
        T of(LineFile file) throws IOException;
    }

    private <T> T reading(Path path, Reading<T> reading) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            LineFile file = new LineFile(path, channel);
            T result = reading.of(file);
            bytesRead += file.bytesRead();
            return result;
        }
    }

    /** The segments in order, by what the file system knows each by whatever its name. */
    private Map<Object, Path> present() throws IOException {
        Map<Object, Path> present = new LinkedHashMap<>();
        for (Path segment : files.segments()) {
            Object key =
                    Files.readAttributes(segment, BasicFileAttributes.class).fileKey();
            present.put(key == null ? segment : key, segment);
        }
        return present;
    }
}
