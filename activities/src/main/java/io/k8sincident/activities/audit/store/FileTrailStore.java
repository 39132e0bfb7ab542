package io.k8sincident.activities.audit.store;

import io.k8sincident.activities.audit.ChainedEntry;
import io.k8sincident.activities.audit.chain.ChainedLine;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A trail in files: one JSON object a line. Processes exclude each other by a lock on {@code audit.jsonl}. A last line
 * that was cut short by a crash is moved aside, and an entry says so.
 */
public final class FileTrailStore implements TrailStore {
    private static final int LOCK_ATTEMPTS = 20_000;

    private final TrailFiles files;
    private final KnownEnd known = new KnownEnd();
    private final TrailIndex index;

    public FileTrailStore(Path directory) {
        this.files = new TrailFiles(directory);
        this.index = new TrailIndex(files);
    }

    @Override
    public String name() {
        return files.current().toString();
    }

    public TrailFiles files() {
        return files;
    }

    @Override
    public <T> T exclusively(Work<T> work) throws IOException {
        Files.createDirectories(files.directory().toAbsolutePath());
        while (true) {
            Object before = fileKey();
            try (FileChannel channel = FileChannel.open(
                            files.current(),
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.CREATE);
                    FileLock lock = exclusive(channel)) {
                Object locked = fileKey();
                if (locked != null && (before == null || locked.equals(before))) {
                    return work.in(new FileSession(files, channel, known, locked));
                }
                // Meanwhile a new segment has taken the place of the file that was opened.
            }
        }
    }

    @Override
    public List<ChainedEntry> find(String incident, String event) throws IOException {
        return index.find(incident, event);
    }

    /**
     * Closes the segment that is appended to, and begins another one with a record that says so. The chain goes on.
     *
     * @return the file that is not appended to any more
     */
    public Path startSegment(Seals seals, Clock clock) throws IOException {
        return exclusively(session -> {
            Path closed = session.end().sequence() == 0 ? files.current() : files.closed(firstSequence());
            ChainedLine first = SegmentRecord.after(session, seals, clock, String.valueOf(closed.getFileName()));
            write(files.next(), first);
            if (!Files.exists(closed)) {
                Files.createLink(closed, files.current());
            }
            Files.move(
                    files.next(), files.current(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            files.sync();
            return closed;
        });
    }

    private long firstSequence() throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(files.current(), StandardCharsets.UTF_8)) {
            String line = lines.readLine();
            return ChainedLine.parse(String.valueOf(line).getBytes(StandardCharsets.UTF_8))
                    .orElseThrow(() -> new IOException("the first line of " + files.current() + " is no record"))
                    .sequence();
        }
    }

    private static void write(Path file, ChainedLine line) throws IOException {
        Files.deleteIfExists(file);
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.READ)) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.writeBytes(line.bytes());
            bytes.write('\n');
            new LineFile(file, channel).append(bytes.toByteArray());
        }
    }

    private @Nullable Object fileKey() throws IOException {
        return Files.exists(files.current())
                ? Files.readAttributes(files.current(), BasicFileAttributes.class)
                        .fileKey()
                : null;
    }

    /** Java refuses a second lock of the same process instead of waiting for the first. */
    private static FileLock exclusive(FileChannel channel) throws IOException {
        for (int attempt = 0; ; attempt++) {
            try {
                return channel.lock();
            } catch (OverlappingFileLockException e) {
                if (attempt == LOCK_ATTEMPTS) {
                    throw new IOException("another trail of this process holds the file", e);
                }
                LockSupport.parkNanos(500_000);
            }
        }
    }
}
