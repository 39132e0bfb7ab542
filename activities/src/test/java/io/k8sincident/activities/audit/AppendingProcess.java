package io.k8sincident.activities.audit;

import io.k8sincident.activities.audit.store.StoredTrail;
import java.nio.file.Path;

/** A process that appends from several threads until it is killed, and tells of each record that it was promised. */
public final class AppendingProcess {
    private static final int THREADS = 8;
    private static final int PACE = 25;

    private AppendingProcess() {}

    /**
     * Appends.
     *
     * @param arguments the directory of the trail, and a name for its records
     */
    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws InterruptedException {
        StoredTrail trail = new TrailFixture(Path.of(arguments[0])).open(PACE);
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
}
