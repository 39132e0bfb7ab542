package io.k8sincident.activities.audit.store;

import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Seals within the session of the batch that makes the records too many, and on a thread of its own when the time is up.
 * What fails then is told to the next who appends.
 */
final class PacedSealing implements Sealing {
    private final TrailStore store;
    private final Seals seals;
    private final SealingPace pace;
    private final AtomicBoolean due = new AtomicBoolean();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "audit-sealing");
        thread.setDaemon(true);
        return thread;
    });
    /** The last sequence that this process knows to be sealed; changed only within a session. */
    private volatile long sealed = -1;

    private volatile @Nullable Exception failure;

    PacedSealing(TrailStore store, Seals seals, SealingPace pace) {
        this.store = store;
        this.seals = seals;
        this.pace = pace;
    }

    @Override
    public void appended(TrailSession session, long sequence) throws IOException {
        if (sealed < 0) {
            sealed = session.lastCheckpoint().map(last -> last.sequence()).orElse(0L);
        }
        if (failure != null || sequence - sealed >= pace.records()) {
            seal(session);
        } else if (due.compareAndSet(false, true)) {
            schedule();
        }
    }

    @Override
    public void close() throws IOException {
        timer.shutdownNow();
        if (due.get() || failure != null) {
            sealNow();
        }
    }

    private void schedule() {
        try {
            var unused = timer.schedule(this::sealInTime, pace.interval().toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // Closed meanwhile: the one who closes seals what is due.
        }
    }

    private void sealInTime() {
        try {
            sealNow();
        } catch (IOException | RuntimeException e) {
            failure = e;
        }
    }

    private void sealNow() throws IOException {
        store.exclusively(session -> {
            seal(session);
            return "";
        });
    }

    private void seal(TrailSession session) throws IOException {
        due.set(false);
        sealed = seals.seal(session).map(last -> last.sequence()).orElse(0L);
        failure = null;
    }
}
