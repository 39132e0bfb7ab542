package io.k8sincident.worker.faults;

import io.k8sincident.worker.config.Role;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Kills the executor while the API server has its write and has not answered yet. */
final class DeathInWrite {
    private final CrashingCluster cluster;
    private final Workers workers;
    private final Random random;
    private final boolean alwaysCarriedOut;
    private final AtomicInteger struck = new AtomicInteger();
    /** Whether the one that was planned last has struck. */
    private AtomicBoolean planned = new AtomicBoolean(true);

    /** @param alwaysCarriedOut whether no such write is lost, of which it is known only after more than a minute */
    DeathInWrite(CrashingCluster cluster, Workers workers, Random random, boolean alwaysCarriedOut) {
        this.cluster = cluster;
        this.workers = workers;
        this.random = random;
        this.alwaysCarriedOut = alwaysCarriedOut;
    }

    /**
     * Now and then, and once in any case, one waits for the next write.
     *
     * @return becomes true when it has struck
     */
    AtomicBoolean plan() {
        boolean due = random.nextInt(4) == 0 || struck.get() == 0;
        if (!planned.get()) {
            return planned;
        }
        if (!due) {
            return new AtomicBoolean();
        }
        planned = cluster.atNextWrite(this::strike, alwaysCarriedOut || random.nextBoolean());
        return planned;
    }

    private void strike() {
        workers.kill(Role.EXECUTOR);
        struck.incrementAndGet();
    }

    /** How many have struck. */
    int count() {
        return struck.get();
    }
}
