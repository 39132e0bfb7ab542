package io.k8sincident.activities.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.Supplier;

/** A clock that stands still until a test moves it, or follows one that somebody else moves. */
public final class TestClock extends Clock {
    private final Supplier<Instant> base;
    private volatile Duration ahead = Duration.ZERO;

    public TestClock(Instant now) {
        this(() -> now);
    }

    public TestClock(Supplier<Instant> base) {
        this.base = base;
    }

    public void advance(Duration by) {
        ahead = ahead.plus(by);
    }

    @Override
    public Instant instant() {
        return base.get().plus(ahead);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
