package io.k8sincident.activities.policy;

import java.time.Duration;

/**
 * When too much is broken for changes one by one: then incidents of the namespace are only diagnosed.
 *
 * @param unhealthyPercent it trips when more than this share of the namespace's workloads lacks ready pods
 * @param atLeast and at least so many workloads do
 * @param cooldown how long it stays tripped after it was last seen so
 * @param place where it stands
 */
public record Breaker(int unhealthyPercent, int atLeast, Duration cooldown, String place) {
    /** How many workloads must be unhealthy, where the policy does not say. */
    static final int DEFAULT_LEAST = 3;

    /** How long it stays tripped, where the policy does not say. */
    static final Duration DEFAULT_COOLDOWN = Duration.ofMinutes(15);

    /** Whether so many unhealthy workloads among so many trip it. */
    public boolean trips(int unhealthy, int workloads) {
        return unhealthy >= atLeast && 100L * unhealthy > (long) unhealthyPercent * workloads;
    }
}
