package io.k8sincident.workflows.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The input of the incident workflow.
 *
 * @param cluster the configured name of the cluster, part of every approval
 * @param approvalTimeout how long a plan waits for a decision; at most {@link #LONGEST_APPROVAL}
 * @param executionWindow how long after its acceptance a decision may be executed; at most {@link #LONGEST_WINDOW}
 * @param proof that the requester is who the name says; absent if it is only what somebody typed
 * @param advice that a model shall be asked, too; absent if not. No signature and no digest covers it
 */
public record IncidentRequest(
        String cluster,
        Target target,
        Mode mode,
        Person requester,
        List<HumanValue> values,
        Duration approvalTimeout,
        Duration executionWindow,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable RequestProof proof,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable AdviceWish advice) {
    public static final Duration DEFAULT_APPROVAL = Duration.ofMinutes(30);
    public static final Duration LONGEST_APPROVAL = Duration.ofHours(24);
    public static final Duration DEFAULT_WINDOW = Duration.ofMinutes(10);

    public static final Duration LONGEST_WINDOW = Duration.ofHours(1);

    public IncidentRequest {
        values = List.copyOf(values);
        if (approvalTimeout.isNegative()
                || approvalTimeout.isZero()
                || approvalTimeout.compareTo(LONGEST_APPROVAL) > 0) {
            throw new IllegalArgumentException(
                    "the approval timeout must lie between 1 second and 24 hours, not " + approvalTimeout);
        }
        if (executionWindow.isNegative() || executionWindow.isZero() || executionWindow.compareTo(LONGEST_WINDOW) > 0) {
            throw new IllegalArgumentException(
                    "the execution window must lie between 1 second and 1 hour, not " + executionWindow);
        }
    }

    /** One whose requester is only what somebody typed, and about which no model is asked. */
    public IncidentRequest(
            String cluster,
            Target target,
            Mode mode,
            Person requester,
            List<HumanValue> values,
            Duration approvalTimeout,
            Duration executionWindow) {
        this(cluster, target, mode, requester, values, approvalTimeout, executionWindow, null, null);
    }

    /** The same with what proves its requester. */
    public IncidentRequest provenBy(RequestProof signed) {
        return new IncidentRequest(
                cluster, target, mode, requester, values, approvalTimeout, executionWindow, signed, advice);
    }

    /** The same, with a model asked beside. */
    public IncidentRequest advised(AdviceWish wish) {
        return new IncidentRequest(
                cluster, target, mode, requester, values, approvalTimeout, executionWindow, proof, wish);
    }
}
