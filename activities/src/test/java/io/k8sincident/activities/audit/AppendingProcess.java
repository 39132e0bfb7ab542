package io.k8sincident.activities.audit;

import io.k8sincident.activities.audit.store.StoredTrail;
import io.k8sincident.activities.audit.store.TrailStore;
import io.k8sincident.activities.postgres.Database;
import io.k8sincident.activities.postgres.DatabaseAddress;
import io.k8sincident.activities.postgres.PostgresTrailStore;
import java.nio.file.Path;

/** A process that appends from several threads until it is killed, and tells of each record that it was promised. */
public final class AppendingProcess {
    private static final int THREADS = 8;
    private static final int PACE = 25;

    private AppendingProcess() {}

    /**
     * Appends.
     *
     * @param arguments the directory of the trail, a name for its records, and where it is in a database, its URL
     */
    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws InterruptedException {
        TrailFixture fixture = new TrailFixture(Path.of(arguments[0]));
        StoredTrail trail = arguments.length < 3 ? fixture.open(PACE) : fixture.open(database(arguments[2]), PACE);
        Thread[] threads = new Thread[THREADS];
        for (int i = 0; i < THREADS; i++) {
            int thread = i;
            threads[i] = new Thread(() -> {
                for (int number = 0; ; number++) {
                    String event = arguments[1] + "_" + thread + "_" + number;
                    ChainedEntry entry = trail.append(TrailFixture.entry(event));
                    System.out.println(entry.sequence() + " " + event);
                }
            });
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static TrailStore database(String url) {
        return new PostgresTrailStore(
                Database.direct(DatabaseAddress.of(url, System.getenv("TEST_USER"), System.getenv("TEST_PASSWORD"))));
    }
}
