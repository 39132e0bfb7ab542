package io.k8sincident.activities.audit.store;

import io.k8sincident.activities.audit.AuditTrail;
import io.k8sincident.activities.audit.AuditUnavailableException;
import io.k8sincident.activities.audit.ChainedEntry;
import io.k8sincident.activities.audit.TrailEntry;
import io.k8sincident.activities.audit.chain.ChainedLine;
import io.k8sincident.activities.audit.seal.KeyFile;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/**
 * A trail in a store: chains entries, lets concurrent ones share one sync, and has the chain sealed from time to time.
 * Thread-safe.
 */
public final class StoredTrail implements AuditTrail, AutoCloseable {
    private final TrailStore store;
    private final Sealing sealing;
    private final Clock clock;
    private final GroupCommit<ChainWriter.Prepared, ChainedEntry> commits = new GroupCommit<>(this::append);

    StoredTrail(TrailStore store, Sealing sealing, Clock clock) {
        this.store = store;
        this.sealing = sealing;
        this.clock = clock;
    }

    /** A trail without checkpoints. */
    public static StoredTrail unsealed(TrailStore store, Clock clock) {
        return new StoredTrail(store, Sealing.NONE, clock);
    }

    /**
     * A trail that is sealed by checkpoints. Without a key and without a trace of an earlier one, a key is made.
     *
     * @param told what a person should read, such as that a key was made
     * @throws AuditUnavailableException if the key is lost, is another one than that of the last checkpoint, or the trail
     *     cannot be written
     */
    public static StoredTrail sealed(
            TrailStore store, KeyFile keys, SealingPace pace, Clock clock, Consumer<String> told) {
        StoredTrail trail = new StoredTrail(store, new PacedSealing(store, new Seals(keys, clock), pace), clock);
        try {
            new KeyIntroduction(keys, clock, told).into(store);
        } catch (IOException e) {
            throw trail.unavailable("opened", e);
        }
        return trail;
    }

    @Override
    public ChainedEntry append(TrailEntry entry) {
        try {
            return commits.commit(ChainWriter.Prepared.of(entry));
        } catch (ExecutionException e) {
            throw unavailable("written", e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("written", e);
        }
    }

    @Override
    public List<ChainedEntry> find(String incident, String event) {
        try {
            return store.find(incident, event);
        } catch (IOException e) {
            throw unavailable("read", e);
        }
    }

    /** Seals what is not sealed yet; it can still be used afterwards. */
    @Override
    public void close() {
        try {
            sealing.close();
        } catch (IOException e) {
            throw unavailable("sealed", e);
        }
    }

    private List<ChainedEntry> append(List<ChainWriter.Prepared> batch) throws IOException {
        return store.exclusively(session -> {
            List<ChainedLine> lines = ChainWriter.append(session, batch, clock.instant());
            sealing.appended(session, lines.get(lines.size() - 1).sequence());
            return lines.stream().map(ChainedLine::entry).toList();
        });
    }

    private AuditUnavailableException unavailable(String what, Throwable cause) {
        if (cause instanceof AuditUnavailableException told) {
            return told;
        }
        return new AuditUnavailableException(
                "the audit trail " + store.name() + " cannot be " + what + " (" + cause
                        + "). Nothing is changed in the cluster without it. Next: free the disk or correct its rights,"
                        + " then incident doctor",
                cause);
    }
}
