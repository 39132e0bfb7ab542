package io.k8sincident.workflows.model;

import java.time.Duration;
import java.util.List;

/**
 * What "recovered" will mean.
 *
 * @param replicas that must be ready
 * @param templateDigest of the pod template that they must have
 * @param holdFor how long they must stay ready: longer than the longest back-off seen
 * @param giveUpAfter when it counts as not recovered
 * @param warnings reasons of events that must not come anew
 */
public record VerificationPlan(
        int replicas, String templateDigest, Duration holdFor, Duration giveUpAfter, List<String> warnings) {
    public VerificationPlan {
        warnings = List.copyOf(warnings);
    }
}
