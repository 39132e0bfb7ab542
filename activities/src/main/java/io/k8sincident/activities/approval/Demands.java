package io.k8sincident.activities.approval;

import io.k8sincident.activities.evidence.ClusterException;
import io.k8sincident.activities.policy.Policy;
import io.k8sincident.activities.policy.Policy.Limit;
import io.k8sincident.workflows.model.DecisionTerms;
import io.k8sincident.workflows.model.Person;
import io.k8sincident.workflows.model.Plan;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a policy demands of those who approve a plan. Thread-safe. */
public final class Demands {
    private final Supplier<String> clusterUid;

    /** @param clusterUid of the kube-system namespace; may throw a {@link ClusterException} */
    public Demands(Supplier<String> clusterUid) {
        this.clusterUid = clusterUid;
    }

    /** To be shown to those who decide. */
    public DecisionTerms of(Policy policy, Plan plan) {
        boolean signatures = policy.requireProof().value()
                || policy.decisions().allowedSigners().isPresent();
        return new DecisionTerms(
                policy.requireProof().value(), approvers(policy, plan).value(), signatures ? uid() : null);
    }

    private @Nullable String uid() {
        try {
            return clusterUid.get();
        } catch (ClusterException e) {
            return null;
        }
    }

    /**
     * How many distinct people must approve, and the line that says so. Where duties are separate and nobody knows who
     * asked, two: one of them is somebody else.
     */
    static Limit<Integer> approvers(Policy policy, Plan plan) {
        Limit<Integer> quorum = policy.decisions().quorumFor(plan.risk());
        return unknownRequester(policy, plan) && quorum.value() < 2
                ? new Limit<>(2, policy.separateDuties().place())
                : quorum;
    }

    /** Whether this approver may be the requester, who may not approve. */
    static boolean selfApproval(Person approver, Policy policy, Plan plan) {
        return policy.separateDuties().value()
                && !unknownRequester(policy, plan)
                && maybeSame(approver, plan.requester());
    }

    private static boolean unknownRequester(Policy policy, Plan plan) {
        return policy.separateDuties().value()
                && policy.requireProof().value()
                && !plan.requester().verified();
    }

    /** Nobody, and a name that only differs in case, cannot be told from the requester; nor can another name's same key. */
    private static boolean maybeSame(Person approver, Person requester) {
        String key = approver.key();
        return approver.name().equals(SignerName.ANONYMOUS)
                || SignerName.folded(approver.name()).equals(SignerName.folded(requester.name()))
                || (key != null && key.equals(requester.key()));
    }
}
