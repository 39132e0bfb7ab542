package io.k8sincident.activities.advice;

import java.time.Duration;

/** A moment on the machine's monotonic clock, by which something is over whatever happens. */
final class Deadline {
    private final long start = System.nanoTime();
    private final Duration length;

    private Deadline(Duration length) {
        this.length = length;
    }

    static Deadline in(Duration length) {
        return new Deadline(length);
    }

    Duration length() {
        return length;
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    boolean passed() {
        return elapsed().compareTo(length) >= 0;
    }

    /** What is left, but no more than this; never negative. */
    Duration left(Duration most) {
        Duration left = length.minus(elapsed());
        return left.isNegative() ? Duration.ZERO : left.compareTo(most) < 0 ? left : most;
    }
}
