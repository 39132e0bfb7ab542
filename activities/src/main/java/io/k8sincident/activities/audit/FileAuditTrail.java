package io.k8sincident.activities.audit;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;

/**
 * A trail in one file, {@code audit.jsonl}: one JSON object a line, each with the hash of the line before. Entries that
 * arrive while another is being made durable share the next sync. Processes exclude each other by a lock on the file. A
 * last line that was cut short by a crash is moved aside, and an entry says so.
 */
public final class FileAuditTrail implements AuditTrail {
    /** What the file is called below the directory given. */
    public static final String FILE = "audit.jsonl";

    private static final int LOCK_ATTEMPTS = 5_000;
    private static final String TORN_EVENT = "torn_tail_recovered";

    private final Path path;
    private final Clock clock;
    private final List<Pending> queue = new ArrayList<>();
    private boolean committing;

    public FileAuditTrail(Path directory, Clock clock) {
        this.path = directory.resolve(FILE);
        this.clock = clock;
    }

    private record Pending(TrailEntry entry, CompletableFuture<ChainedEntry> done) {}

    @Override
    public ChainedEntry append(TrailEntry entry) {
        Pending mine = new Pending(entry, new CompletableFuture<>());
        try {
            List<Pending> batch = leadOrWait(mine);
            if (!batch.isEmpty()) {
                commit(batch);
            }
            return mine.done().get();
        } catch (ExecutionException e) {
            throw unavailable("written", e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("written", e);
        }
    }

    /** Queues an entry; returns all that is queued if this thread is to commit it, nothing once another has done so. */
    private synchronized List<Pending> leadOrWait(Pending mine) throws InterruptedException {
        queue.add(mine);
        while (committing && !mine.done().isDone()) {
            wait();
        }
        if (mine.done().isDone()) {
            return List.of();
        }
        committing = true;
        List<Pending> batch = List.copyOf(queue);
        queue.clear();
        return batch;
    }

    @Override
    public List<ChainedEntry> find(String incident, String event) {
        List<ChainedEntry> found = new ArrayList<>();
        try (BufferedReader lines = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.contains("\"" + event + "\"")) {
                    TrailFile.parse(line.getBytes(StandardCharsets.UTF_8))
                            .filter(entry -> entry.incident().equals(incident)
                                    && entry.event().equals(event))
                            .ifPresent(found::add);
                }
            }
            return found;
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw unavailable("read", e);
        }
    }

    private void commit(List<Pending> batch) {
        try {
            List<ChainedEntry> chained =
                    appendLocked(batch.stream().map(Pending::entry).toList());
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).done().complete(chained.get(i));
            }
        } catch (IOException | RuntimeException e) {
            batch.forEach(pending -> pending.done().completeExceptionally(e));
        } finally {
            release();
        }
    }

    private synchronized void release() {
        committing = false;
        notifyAll();
    }

    private List<ChainedEntry> appendLocked(List<TrailEntry> entries) throws IOException {
        Files.createDirectories(path.toAbsolutePath().getParent());
        try (FileChannel channel = FileChannel.open(
                        path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
                FileLock lock = exclusive(channel)) {
            TrailFile file = new TrailFile(path, channel);
            List<TrailEntry> all = new ArrayList<>(entries);
            file.cutTornTail().ifPresent(torn -> all.add(0, tornEntry(torn)));
            boolean created = channel.size() == 0;
            List<ChainedEntry> chained = file.append(file.end(), all, clock.instant());
            if (created) {
                syncDirectory();
            }
            return chained.subList(all.size() - entries.size(), all.size());
        }
    }

    /** A new file is durable only with its name. */
    private void syncDirectory() throws IOException {
        try (FileChannel directory = FileChannel.open(path.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            directory.force(true);
        }
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
                LockSupport.parkNanos(1_000_000);
            }
        }
    }

    private static TrailEntry tornEntry(Map<String, String> torn) {
        return TrailEntry.of("", "", TORN_EVENT, torn);
    }

    private AuditUnavailableException unavailable(String what, Throwable cause) {
        return new AuditUnavailableException(
                "the audit trail " + path + " cannot be " + what + " (" + cause
                        + "). Nothing is changed in the cluster without it. Next: free the disk or correct its rights,"
                        + " then incident doctor",
                cause);
    }
}
