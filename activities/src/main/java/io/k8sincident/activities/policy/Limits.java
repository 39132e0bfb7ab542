package io.k8sincident.activities.policy;

import io.k8sincident.activities.policy.Policy.Limit;
import java.util.Optional;

/**
 * How much may be done. Where a policy has no limits, growth is held to the default all the same.
 *
 * @param maxReplicas that an action may raise a workload to; empty for no limit of the policy's
 * @param growthPercent by how much, in percent of what it was, an action may raise the sum of a resource that the
 *     containers of a pod request, or are limited to
 * @param inFlightPerNamespace incidents of a namespace that may have an action executed and not yet verified
 * @param actionsPerHour actions that may be executed in a namespace within one hour
 */
public record Limits(
        Optional<Limit<Integer>> maxReplicas,
        Limit<Integer> growthPercent,
        Optional<Limit<Integer>> inFlightPerNamespace,
        Optional<Limit<Integer>> actionsPerHour) {
    /** Half as much again. */
    public static final int DEFAULT_GROWTH_PERCENT = 50;
}
