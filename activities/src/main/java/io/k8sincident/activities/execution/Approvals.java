package io.k8sincident.activities.execution;

import io.k8sincident.activities.approval.RulingActivityImpl;
import io.k8sincident.activities.audit.AuditTrail;
import io.k8sincident.activities.audit.ChainedEntry;
import io.k8sincident.activities.guard.PolicyGate;
import io.k8sincident.activities.plan.Plans;
import io.k8sincident.activities.policy.Policy;
import io.k8sincident.activities.policy.PolicyException;
import io.k8sincident.activities.policy.PolicyQuestion.Stage;
import io.k8sincident.activities.policy.PolicyVerdict;
import io.k8sincident.workflows.activity.ExecutionActivity.ExecutionRequest;
import io.k8sincident.workflows.model.Execution.Status;
import io.k8sincident.workflows.model.Plan;
import io.k8sincident.workflows.model.PlannedAction;
import io.k8sincident.workflows.model.Ruling;
import io.k8sincident.workflows.model.Verdict;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

/** Finds what was approved, in the audit trail and the blob store; what the workflow says alone counts for nothing. */
final class Approvals {
    private final Plans plans;
    private final Supplier<Policy> policies;
    private final PolicyGate gate;
    private final AuditTrail trail;
    private final Clock clock;

    Approvals(Plans plans, Supplier<Policy> policies, PolicyGate gate, AuditTrail trail, Clock clock) {
        this.plans = plans;
        this.policies = policies;
        this.gate = gate;
        this.trail = trail;
        this.clock = clock;
    }

    /**
     * The action, from a plan that has exactly the digest asked for.
     *
     * @throws HaltedException if there is none
     */
    ApprovedAction planned(ExecutionRequest request) {
        Plan plan = plans.find(request.planDigest())
                .filter(found -> found.incident().equals(request.incident()))
                .orElseThrow(() -> new HaltedException(
                        Status.REFUSED,
                        "no plan of this incident has the digest " + request.planDigest()
                                + ", or what is stored under it was changed"));
        List<PlannedAction> actions = plan.actions();
        if (request.action() < 0 || request.action() >= actions.size()) {
            throw new HaltedException(Status.REFUSED, "the plan has no action " + request.action());
        }
        return new ApprovedAction(request, plan, actions.get(request.action()));
    }

    /** @throws HaltedException unless the trail holds the accepted approval of exactly this plan in this run */
    void requireAcceptance(ExecutionRequest request) {
        Ruling acceptance = request.acceptance();
        boolean recorded = acceptance.accepted()
                && acceptance.verdict() == Verdict.APPROVE
                && trail.find(request.incident(), RulingActivityImpl.RULED).stream()
                        .anyMatch(entry -> accepts(entry, request));
        if (!recorded) {
            throw new HaltedException(
                    Status.REFUSED,
                    "the audit trail holds no accepted approval " + acceptance.decisionId() + " of plan "
                            + request.planDigest() + " in this run");
        }
    }

    /**
     * The policy as its file is now, once it has allowed the plan.
     *
     * @throws HaltedException if it forbids the plan or cannot be read
     */
    Policy requirePolicy(ApprovedAction approved, Stage stage) {
        Policy policy;
        PolicyVerdict verdict;
        try {
            policy = policies.get();
            verdict = gate.ask(policy, approved.plan(), stage, clock.instant());
        } catch (PolicyException e) {
            throw new HaltedException(Status.BLOCKED, "the policy cannot be used: " + e.getMessage());
        }
        if (!verdict.allowed()) {
            throw new HaltedException(Status.BLOCKED, "the policy forbids it now: " + verdict.describe());
        }
        return policy;
    }

    private static boolean accepts(ChainedEntry entry, ExecutionRequest request) {
        Ruling acceptance = request.acceptance();
        return entry.runId().equals(request.runId())
                && entry.detail("planDigest").equals(request.planDigest())
                && entry.detail("decisionId").equals(acceptance.decisionId())
                && entry.detail("decisionDigest").equals(acceptance.decisionDigest())
                && entry.detail("verdict").equals(Verdict.APPROVE.name())
                && entry.detail("reason").equals(Ruling.Reason.ACCEPTED.name());
    }
}
