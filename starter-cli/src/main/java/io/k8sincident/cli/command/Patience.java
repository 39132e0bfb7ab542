package io.k8sincident.cli.command;

import io.k8sincident.cli.temporal.IncidentEntry;
import io.k8sincident.cli.temporal.IncidentReader;
import io.k8sincident.cli.temporal.NoWorkerAnswers;
import io.k8sincident.cli.temporal.StatusReader;
import io.k8sincident.cli.temporal.TemporalConnection;
import io.k8sincident.workflows.model.IncidentStatus;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Waits briefly for what a signal brings about. */
final class Patience {
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(15);
    private static final long PAUSE_MILLIS = 100;

    private final IncidentReader reader;
    private final StatusReader statuses;

    Patience(TemporalConnection temporal) {
        this.reader = new IncidentReader(temporal);
        this.statuses = new StatusReader(temporal);
    }

    /** The first status that is as wished, or that of a closed incident; empty if neither comes within 15 seconds. */
    Optional<IncidentStatus> until(IncidentEntry incident, Predicate<IncidentStatus> wish) throws InterruptedException {
        long start = System.nanoTime();
        while (System.nanoTime() - start < LONGEST_NANOS) {
            try {
                IncidentEntry entry = reader.refresh(incident);
                IncidentStatus status = statuses.read(entry);
                if (wish.test(status) || !entry.open()) {
                    return Optional.of(status);
                }
            } catch (NoWorkerAnswers silence) {
                return Optional.empty();
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
        return Optional.empty();
    }
}
