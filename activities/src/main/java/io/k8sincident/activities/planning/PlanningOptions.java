package io.k8sincident.activities.planning;

import java.time.Duration;

/**
 * How long a recovery is watched.
 *
 * @param shortestHold what was repaired must stay ready at least this long
 * @param shortestGiveUp it gets at least this long to recover
 */
public record PlanningOptions(Duration shortestHold, Duration shortestGiveUp) {
    /** Ten seconds is the kubelet's first back-off; three minutes cover a rollout with a slow start. */
    public static final PlanningOptions DEFAULT = new PlanningOptions(Duration.ofSeconds(10), Duration.ofMinutes(3));

    public PlanningOptions {
        if (shortestHold.isNegative() || shortestHold.isZero() || shortestGiveUp.compareTo(shortestHold) <= 0) {
            throw new IllegalArgumentException("a recovery must be held for some time (" + shortestHold
                    + ") and be given longer than that (" + shortestGiveUp + ")");
        }
    }
}
