package io.k8sincident.activities.audit.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The names of a trail's files in one directory.
 *
 * <ul>
 *   <li>{@code audit.jsonl}: the lines that are appended to
 *   <li>{@code audit-000000000001.jsonl}: earlier segments, each with the sequence of its first line
 *   <li>{@code audit-checkpoints.jsonl}: the checkpoints of all of them
 * </ul>
 */
public record TrailFiles(Path directory) {
    private static final String CURRENT = "audit.jsonl";
    private static final String CHECKPOINTS = "audit-checkpoints.jsonl";
    private static final Pattern SEGMENT = Pattern.compile("audit-[0-9]{12}\\.jsonl");

    /** The file that is appended to. */
    public Path current() {
        return directory.resolve(CURRENT);
    }

    public Path checkpoints() {
        return directory.resolve(CHECKPOINTS);
    }

    /** Where a segment that begins with this record is kept once it is closed. */
    public Path closed(long firstSequence) {
        return directory.resolve("audit-%012d.jsonl".formatted(firstSequence));
    }

    /** The first line of a new segment, before it takes the place of the one before. */
    Path next() {
        return directory.resolve(CURRENT + ".next");
    }

    /** All segments that are there, in order; the one that is appended to last. */
    public List<Path> segments() throws IOException {
        List<Path> segments = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            files.filter(file ->
                            SEGMENT.matcher(String.valueOf(file.getFileName())).matches())
                    .sorted()
                    .forEach(segments::add);
        } catch (NoSuchFileException e) {
            return List.of();
        }
        if (!segments.isEmpty() && sameFile(segments.get(segments.size() - 1), current())) {
            // A crash left the segment under both names.
            segments.remove(segments.size() - 1);
        }
        if (Files.exists(current())) {
            segments.add(current());
        }
        return segments;
    }

    /** A new file is durable only with its name. */
    void sync() throws IOException {
        try (FileChannel channel = FileChannel.open(directory.toAbsolutePath(), StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static boolean sameFile(Path one, Path other) throws IOException {
        return Files.exists(other) && Files.isSameFile(one, other);
    }
}
