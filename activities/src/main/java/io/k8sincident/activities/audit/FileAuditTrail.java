package io.k8sincident.activities.audit;

import io.k8sincident.activities.audit.store.FileTrailStore;
import io.k8sincident.activities.audit.store.StoredTrail;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** A trail in the file {@code audit.jsonl} without checkpoints: chained and durable, but not sealed. Thread-safe. */
public final class FileAuditTrail implements AuditTrail {
    /** What the file is called below the directory given. */
    public static final String FILE = "audit.jsonl";

    private final StoredTrail trail;

    public FileAuditTrail(Path directory, Clock clock) {
        this.trail = StoredTrail.unsealed(new FileTrailStore(directory), clock);
    }

    @Override
    public ChainedEntry append(TrailEntry entry) {
        return trail.append(entry);
    }

    @Override
    public List<ChainedEntry> find(String incident, String event) {
        return trail.find(incident, event);
    }
}
