package io.k8sincident.activities.audit.store;

import java.time.Duration;

/**
 * How much of a trail may lie unsealed: whichever comes first.
 *
 * @param records at most this many records of one process
 * @param interval at most this long
 */
public record SealingPace(long records, Duration interval) {
    /** Some hundred bytes of checkpoint for what would be lost sight of if the last records were forged. */
    public static final SealingPace DEFAULT = new SealingPace(1_000, Duration.ofSeconds(10));

    public SealingPace {
        if (records < 1 || interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException("sealing needs a number of records and a time");
        }
    }
}
