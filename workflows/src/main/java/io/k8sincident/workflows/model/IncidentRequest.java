package io.k8sincident.workflows.model;

import java.time.Duration;
import java.util.List;

/**
 * The input of the incident workflow.
 *
 * @param cluster the configured name of the cluster, part of every approval
 * @param approvalTimeout how long a plan waits for a decision; at most {@link #LONGEST_APPROVAL}
 * @param executionWindow how long after its acceptance a decision may be executed
 */
public record IncidentRequest(
        String cluster,
        Target target,
        Mode mode,
        Person requester,
        List<HumanValue> values,
        Duration approvalTimeout,
        Duration executionWindow) {
    public static final Duration DEFAULT_APPROVAL = Duration.ofMinutes(30);
    public static final Duration LONGEST_APPROVAL = Duration.ofHours(24);
    public static final Duration DEFAULT_WINDOW = Duration.ofMinutes(10);

    public IncidentRequest {
        values = List.copyOf(values);
        if (approvalTimeout.isNegative()
                || approvalTimeout.isZero()
                || approvalTimeout.compareTo(LONGEST_APPROVAL) > 0) {
            throw new IllegalArgumentException(
                    "the approval timeout must lie between 1 second and 24 hours, not " + approvalTimeout);
        }
        if (executionWindow.isNegative() || executionWindow.isZero()) {
            throw new IllegalArgumentException("the execution window must be positive, not " + executionWindow);
        }
    }
}
