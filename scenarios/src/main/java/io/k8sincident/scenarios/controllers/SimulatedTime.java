package io.k8sincident.scenarios.controllers;

import java.time.Duration;
import java.time.Instant;

/**
 * Time for back-offs, probes, deadlines and what containers do: it runs {@code scale} times as fast as the clock on the
 * wall. Timestamps in objects stay those of the wall, so that an observer sees a cluster that is merely quick.
 */
public final class SimulatedTime {
    private static final double NANOS = 1e9;
    private final double scale;
    private final long start = System.nanoTime();

    /** Time that runs {@code scale} times as fast; 1 is real time. */
    public SimulatedTime(double scale) {
        if (!(scale > 0 && scale <= 1_000)) {
            throw new IllegalArgumentException("the time scale must be above 0 and at most 1000: " + scale);
        }
        this.scale = scale;
    }

    /** Simulated seconds since the start. */
    public double seconds() {
        return (System.nanoTime() - start) / NANOS * scale;
    }

    /** How long something that takes this many simulated seconds takes on the wall. */
    public Duration wall(double seconds) {
        return Duration.ofNanos((long) (seconds / scale * NANOS));
    }

    /** How many simulated seconds have gone by since an instant on the wall. */
    public double since(Instant wall) {
        return Duration.between(wall, Instant.now()).toNanos() / NANOS * scale;
    }

    /** How often controllers look: four times a simulated second, within bounds. */
    public Duration tick() {
        long millis = (long) (250 / scale);
        return Duration.ofMillis(Math.max(4, Math.min(100, millis)));
    }
}
