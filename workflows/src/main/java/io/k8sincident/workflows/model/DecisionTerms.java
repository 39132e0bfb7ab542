package io.k8sincident.workflows.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What a decision on a plan must bring, as the policy was when it was planned: to help those who decide. What counts is
 * checked again when they have decided.
 *
 * @param proofRequired whether it needs a signature
 * @param approvers how many distinct people must approve
 * @param clusterUid of the cluster's kube-system namespace, which is signed as well; absent if it could not be read
 * @param breakGlass absent where nobody may break the glass
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DecisionTerms(
        boolean proofRequired,
        int approvers,
        @Nullable String clusterUid,
        @Nullable BreakGlassTerms breakGlass) {
    /** Terms under which nobody may break the glass. */
    public DecisionTerms(boolean proofRequired, int approvers, @Nullable String clusterUid) {
        this(proofRequired, approvers, clusterUid, null);
    }
}
