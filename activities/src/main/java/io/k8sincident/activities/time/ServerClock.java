package io.k8sincident.activities.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * The Temporal server's time, for activities: when it handed out the activity, and what has passed here since. Workers on
 * machines whose clocks differ so agree with each other and with the workflow about deadlines, freezes and how long ago
 * something was written in the trail. Needs {@link ServerTime} on the worker; on threads that run no activity it is the
 * machine's clock. Thread-safe.
 */
public final class ServerClock extends Clock {
    private static final ThreadLocal<@Nullable Anchor> ANCHOR = new ThreadLocal<>();

    private final Clock machine;

    public ServerClock(Clock machine) {
        this.machine = machine;
    }

    @Override
    public Instant instant() {
        Anchor anchor = ANCHOR.get();
        return anchor == null ? machine.instant() : anchor.at(machine);
    }

    @Override
    public ZoneId getZone() {
        return machine.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new ServerClock(machine.withZone(zone));
    }

    /** This thread runs an activity from now on, until {@link #left}. */
    static void entered(Instant handedOut) {
        ANCHOR.set(new Anchor(handedOut, System.nanoTime()));
    }

    static void left() {
        ANCHOR.remove();
    }

    /** When an activity began, by the server's clock and by this machine's. */
    private static final class Anchor {
        private final Instant server;
        private final long nanos;
        private @Nullable Instant machine;

        Anchor(Instant server, long nanos) {
            this.server = server;
            this.nanos = nanos;
        }

        /**
         * By the monotonic clock, or, where that is more, by the machine's: the first stands still while a virtual machine
         * is suspended, and an activity must not take the time before for the time after.
         */
        Instant at(Clock clock) {
            Duration monotonic = Duration.ofNanos(System.nanoTime() - nanos);
            Instant now = clock.instant();
            if (machine == null) {
                machine = now.minus(monotonic);
            }
            Duration shown = Duration.between(machine, now);
            return server.plus(shown.compareTo(monotonic) > 0 ? shown : monotonic);
        }
    }
}
