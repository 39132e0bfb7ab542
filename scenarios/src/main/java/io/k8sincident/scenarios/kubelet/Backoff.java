package io.k8sincident.scenarios.kubelet;

/** A delay that doubles with each failure, as the kubelet's: 10 s, 20 s, 40 s, … at most 300 s. */
final class Backoff {
    private static final double FIRST = 10;
    private static final double LONGEST = 300;
    /** After running this long a container is no longer failing. */
    private static final double FORGIVEN = 600;

    private double delay;

    /** Counts a failure; returns the delay before the next attempt. */
    double next() {
        delay = delay == 0 ? FIRST : Math.min(LONGEST, delay * 2);
        return delay;
    }

    /** Counts a container's end. The first time it is started again at once. */
    double afterRun(double ranSeconds) {
        if (ranSeconds > FORGIVEN) {
            delay = 0;
        }
        double now = delay;
        next();
        return now;
    }

    void reset() {
        delay = 0;
    }
}
