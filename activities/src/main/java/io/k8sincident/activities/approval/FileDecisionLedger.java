package io.k8sincident.activities.approval;

import io.k8sincident.activities.blob.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * A ledger in one file, {@code decisions.ledger}: a line for each id that is taken, with the digests of id and owner.
 * Processes exclude each other by a lock on the file; what others appended is read before anything is taken. A last line
 * that a crash cut short was never promised to anybody, and is passed over.
 */
public final class FileDecisionLedger implements DecisionLedger {
    /** What the file is called below the directory given. */
    public static final String FILE = "decisions.ledger";

    private static final int LOCK_ATTEMPTS = 5_000;

    private final Path path;
    private final Map<String, String> owners = new HashMap<>();
    private final ByteArrayOutputStream unfinished = new ByteArrayOutputStream();
    private long read;

    public FileDecisionLedger(Path directory) {
        this.path = directory.resolve(FILE);
    }

    @Override
    public synchronized Optional<String> take(List<String> ids, String owner) {
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            create();
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
                    FileLock lock = exclusive(channel)) {
                catchUp(channel);
                endLine(channel);
                return take(channel, ids, Digest.of(owner));
            }
        } catch (IOException e) {
            throw new LedgerUnavailableException(
                    "the ledger of decisions " + path + " cannot be used (" + e
                            + "). Nothing is decided or changed without it. Next: free the disk or correct its rights",
                    e);
        }
    }

    /** A new file is durable only with its name. */
    private void create() throws IOException {
        if (Files.exists(path)) {
            return;
        }
        try {
            Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (java.nio.file.FileAlreadyExistsException e) {
            return;
        }
        try (FileChannel directory = FileChannel.open(path.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    private Optional<String> take(FileChannel channel, List<String> ids, String owner) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (String id : ids) {
            String holder = owners.get(Digest.of(id));
            if (holder != null && !holder.equals(owner)) {
                return Optional.of(id);
            }
            if (holder == null) {
                lines.append(Digest.of(id)).append(' ').append(owner).append('\n');
            }
        }
        append(channel, lines.toString());
        // Also when nothing is new: who wrote it may have died before it was durable.
        channel.force(false);
        catchUp(channel);
        return Optional.empty();
    }

    /** A line that was cut short is closed first, so that it cannot become whole by what follows. */
    private void endLine(FileChannel channel) throws IOException {
        if (unfinished.size() > 0) {
            append(channel, "\n");
            catchUp(channel);
        }
    }

    private void append(FileChannel channel, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
        while (bytes.hasRemaining()) {
            channel.write(bytes, read + bytes.position());
        }
    }

    private void catchUp(FileChannel channel) throws IOException {
        if (channel.size() < read) {
            throw new IOException("it was " + read + " bytes long and is " + channel.size() + ": somebody cut it");
        }
        ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
        while (channel.read(bytes, read) > 0) {
            read += bytes.position();
            for (byte octet : java.util.Arrays.copyOf(bytes.array(), bytes.position())) {
                if (octet == '\n') {
                    line(unfinished.toString(StandardCharsets.US_ASCII));
                    unfinished.reset();
                } else {
                    unfinished.write(octet);
                }
            }
            bytes.clear();
        }
    }

    private void line(String line) {
        String[] parts = line.split(" ", -1);
        if (parts.length == 2 && whole(parts[0]) && whole(parts[1])) {
            var unused = owners.putIfAbsent(parts[0], parts[1]);
        }
    }

    private static boolean whole(String digest) {
        return digest.length() == "sha256:".length() + 64;
    }

    /** Java refuses a second lock of the same process instead of waiting for the first. */
    private static FileLock exclusive(FileChannel channel) throws IOException {
        for (int attempt = 0; ; attempt++) {
            try {
                return channel.lock();
            } catch (OverlappingFileLockException e) {
                if (attempt == LOCK_ATTEMPTS) {
                    throw new IOException("another ledger of this process holds the file", e);
                }
                LockSupport.parkNanos(1_000_000);
            }
        }
    }
}
