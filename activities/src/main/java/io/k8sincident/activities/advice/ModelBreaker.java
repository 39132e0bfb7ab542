package io.k8sincident.activities.advice;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Spares everybody the wait for a server that does not work: after some failures in a row nobody asks it for a while, then
 * one may try. Thread-safe.
 */
final class ModelBreaker {
    static final int FAILURES = 3;
    static final Duration COOLDOWN = Duration.ofSeconds(30);

    private final Clock clock;
    private int failures;
    private @Nullable Instant closedUntil;
    private boolean trying;

    ModelBreaker(Clock clock) {
        this.clock = clock;
    }

    /** Lets somebody ask, who must then say how it went. */
    synchronized void enter() throws ModelTrouble {
        if (closedUntil == null) {
            return;
        }
        if (trying || clock.instant().isBefore(closedUntil)) {
            throw ModelTrouble.answer("the model's server failed " + failures
                    + " times in a row and is not asked again before " + closedUntil);
        }
        trying = true;
    }

    synchronized void succeeded() {
        failures = 0;
        closedUntil = null;
        trying = false;
    }

    synchronized void failed() {
        failures++;
        trying = false;
        if (failures >= FAILURES) {
            closedUntil = clock.instant().plus(COOLDOWN);
        }
    }

    /** It ended for a reason of the asker's, which says nothing about the server. */
    synchronized void undecided() {
        trying = false;
    }
}
