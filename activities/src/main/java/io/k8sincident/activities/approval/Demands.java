package io.k8sincident.activities.approval;

import io.k8sincident.activities.evidence.ClusterException;
import io.k8sincident.activities.policy.Policy;
import io.k8sincident.activities.policy.Policy.Limit;
import io.k8sincident.activities.policy.PolicyVerdict;
import io.k8sincident.workflows.model.BreakGlassTerms;
import io.k8sincident.workflows.model.DecisionTerms;
import io.k8sincident.workflows.model.Lift;
import io.k8sincident.workflows.model.Person;
import io.k8sincident.workflows.model.Plan;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a policy demands of those who approve a plan. Thread-safe. */
public final class Demands {
    private final Supplier<String> clusterUid;

    /** @param clusterUid of the kube-system namespace; may throw a {@link ClusterException} */
    public Demands(Supplier<String> clusterUid) {
        this.clusterUid = clusterUid;
    }

    /**
     * To be shown to those who decide.
     *
     * @param standing what the policy has against an approval of it now
     */
    public DecisionTerms of(Policy policy, Plan plan, List<PolicyVerdict> standing) {
        boolean signatures = policy.requireProof().value()
                || policy.decisions().allowedSigners().isPresent();
        return new DecisionTerms(
                policy.requireProof().value(),
                approvers(policy, plan).value(),
                signatures ? uid() : null,
                policy.breakGlass()
                        .map(rule -> new BreakGlassTerms(
                                List.copyOf(rule.people().keySet()),
                                List.copyOf(rule.lifts().keySet()),
                                standing.stream().map(PolicyVerdict::describe).toList()))
                        .orElse(null));
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
        return approvers(policy, plan, Set.of());
    }

    /** As {@link #approvers(Policy, Plan)}, where some of what the policy demands is lifted. */
    static Limit<Integer> approvers(Policy policy, Plan plan, Set<Lift> lifted) {
        Limit<Integer> asked = policy.decisions().quorumFor(plan.risk());
        Limit<Integer> quorum = lifted.contains(Lift.QUORUM) ? new Limit<>(1, asked.place()) : asked;
        boolean two = unknownRequester(policy, plan) && !lifted.contains(Lift.SEPARATE_DUTIES);
        return two && quorum.value() < 2
                ? new Limit<>(2, policy.separateDuties().place())
                : quorum;
    }

    /** Whether this approver may be the requester, who may not approve. */
    static boolean selfApproval(Person approver, Policy policy, Plan plan) {
        return policy.separateDuties().value()
                && !unknownRequester(policy, plan)
                && maybeSame(approver, plan.requester());
    }

    /** Whether the policy separates duties by signatures, and nobody signed that they asked for the plan. */
    static boolean unknownRequester(Policy policy, Plan plan) {
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
