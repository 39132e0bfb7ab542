package io.k8sincident.activities.execution;

import io.k8sincident.activities.approval.ApprovalProofs;
import io.k8sincident.activities.approval.ApprovalProofs.Deed;
import io.k8sincident.activities.approval.GlassRecords;
import io.k8sincident.activities.approval.RulingActivityImpl;
import io.k8sincident.activities.audit.AuditTrail;
import io.k8sincident.activities.audit.ChainedEntry;
import io.k8sincident.activities.audit.RecordActivityImpl;
import io.k8sincident.activities.evidence.ClusterException;
import io.k8sincident.activities.guard.PolicyGate;
import io.k8sincident.activities.kubernetes.ClusterName;
import io.k8sincident.activities.plan.Plans;
import io.k8sincident.activities.policy.Policy;
import io.k8sincident.activities.policy.PolicyException;
import io.k8sincident.activities.policy.PolicyQuestion.Stage;
import io.k8sincident.activities.policy.PolicyVerdict;
import io.k8sincident.workflows.activity.ExecutionActivity.ExecutionRequest;
import io.k8sincident.workflows.model.Execution.Status;
import io.k8sincident.workflows.model.Lift;
import io.k8sincident.workflows.model.Plan;
import io.k8sincident.workflows.model.PlannedAction;
import io.k8sincident.workflows.model.Ruling;
import io.k8sincident.workflows.model.Verdict;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Finds what was approved, in the audit trail and the blob store; what the workflow says alone counts for nothing. */
final class Approvals {
    private final ClusterName name;
    private final Plans plans;
    private final Supplier<Policy> policies;
    private final ApprovalProofs proofs;
    private final PolicyGate gate;
    private final AuditTrail trail;
    private final Clock clock;

    Approvals(
            ClusterName name,
            Plans plans,
            Supplier<Policy> policies,
            ApprovalProofs proofs,
            PolicyGate gate,
            AuditTrail trail,
            Clock clock) {
        this.name = name;
        this.plans = plans;
        this.policies = policies;
        this.proofs = proofs;
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
        name.objection(plan).ifPresent(objection -> {
            throw new HaltedException(Status.REFUSED, "the plan is not one of this worker: " + objection);
        });
        List<PlannedAction> actions = plan.actions();
        if (request.action() < 0 || request.action() >= actions.size()) {
            throw new HaltedException(Status.REFUSED, "the plan has no action " + request.action());
        }
        return new ApprovedAction(request, plan, actions.get(request.action()));
    }

    /**
     * The accepted approval of exactly this plan in this run, as the trail has it.
     *
     * @throws HaltedException if the incident has ended or the plan was rejected; unless there is one, and, if it broke the
     *     glass, an entry of its own that tells so
     */
    ChainedEntry requireAcceptance(ExecutionRequest request) {
        requireOpen(request);
        Ruling acceptance = request.acceptance();
        ChainedEntry recorded = acceptance.accepted() && acceptance.verdict() == Verdict.APPROVE
                ? last(RulingActivityImpl.RULED, request, entry -> accepts(entry, request))
                : null;
        if (recorded == null) {
            throw new HaltedException(
                    Status.REFUSED,
                    "the audit trail holds no accepted approval " + acceptance.decisionId() + " of plan "
                            + request.planDigest() + " in this run");
        }
        if (last(RulingActivityImpl.RULED, request, entry -> givenUp(entry, request)) != null) {
            throw new HaltedException(
                    Status.REFUSED,
                    "the incident gave up ruling on approval " + acceptance.decisionId() + " and did not accept it");
        }
        if (GlassRecords.attempted(recorded)
                && last(GlassRecords.BROKEN, request, entry -> sameDecision(entry, request)) == null) {
            throw new HaltedException(
                    Status.REFUSED,
                    "approval " + acceptance.decisionId() + " broke the glass, but no entry '" + GlassRecords.BROKEN
                            + "' of the audit trail tells so");
        }
        return recorded;
    }

    /** An incident that has ended does nothing more, and a plan that was rejected is not carried out. */
    private void requireOpen(ExecutionRequest request) {
        boolean closed =
                last(RecordActivityImpl.CLOSED, request, entry -> entry.runId().equals(request.runId())) != null;
        boolean rejected = last(RulingActivityImpl.RULED, request, entry -> rejects(entry, request)) != null;
        if (closed || rejected) {
            throw new HaltedException(
                    Status.REFUSED,
                    closed ? "the incident has ended in this run" : "the plan was rejected in this run");
        }
    }

    /**
     * The same action, with the end of the execution window that was recorded with the ruling where the workflow says a
     * later one: otherwise who can make workflows up could use an approval that has lapsed.
     *
     * @param acceptance as the trail has it
     */
    static ApprovedAction withinItsWindow(ApprovedAction approved, ChainedEntry acceptance) {
        String recorded = acceptance.detail(RulingActivityImpl.EXECUTE_BY);
        return recorded.isEmpty()
                ? approved
                : new ApprovedAction(
                        approved.request().notAfter(Instant.parse(recorded)), approved.plan(), approved.planned());
    }

    private @Nullable ChainedEntry last(String event, ExecutionRequest request, Predicate<ChainedEntry> which) {
        return trail.find(request.incident(), event).stream()
                .filter(which)
                .reduce((earlier, later) -> later)
                .orElse(null);
    }

    /**
     * Checks the signatures under an approval by the policy as its file is now.
     *
     * @param acceptance as the trail has it
     * @throws HaltedException if the policy demands signatures and too few hold, or it cannot be told
     */
    void requireProofs(ApprovedAction approved, ChainedEntry acceptance, Stage stage) {
        try {
            Policy policy = policies.get();
            var unused = StillLifted.by(acceptance, policy, stage);
            proofs.objection(
                            acceptance,
                            new Deed(approved.plan(), approved.request().planDigest(), policy, stage, clock.instant()))
                    .ifPresent(why -> {
                        throw new HaltedException(Status.BLOCKED, "the policy forbids it now: " + why);
                    });
        } catch (PolicyException e) {
            throw unusable(e);
        } catch (ClusterException e) {
            throw new HaltedException(
                    Status.BLOCKED, "the signatures under the approval cannot be checked now: " + e.getMessage());
        }
    }

    private static HaltedException unusable(PolicyException e) {
        return new HaltedException(Status.BLOCKED, "the policy cannot be used: " + e.getMessage());
    }

    /**
     * The policy as its file is now, once it has allowed the plan, or all that it has against it is lifted.
     *
     * @param acceptance as the trail has it
     * @throws HaltedException if it forbids the plan or cannot be read
     */
    Permission requirePolicy(ApprovedAction approved, Stage stage, ChainedEntry acceptance) {
        try {
            Policy policy = policies.get();
            Permission permission = new Permission(policy, StillLifted.by(acceptance, policy, stage));
            objection(approved, stage, permission).ifPresent(verdict -> {
                throw new HaltedException(Status.BLOCKED, "the policy forbids it now: " + verdict.describe());
            });
            return permission;
        } catch (PolicyException e) {
            throw unusable(e);
        }
    }

    /**
     * What allows a write.
     *
     * @param lifted what the policy has against it, and does not count; empty unless somebody broke the glass
     */
    record Permission(Policy policy, Set<Lift> lifted) {}

    private Optional<PolicyVerdict> objection(ApprovedAction approved, Stage stage, Permission permission) {
        Instant now = clock.instant();
        if (permission.lifted().isEmpty()) {
            return Optional.of(gate.ask(permission.policy(), approved.plan(), stage, now))
                    .filter(verdict -> !verdict.allowed());
        }
        return gate.objections(permission.policy(), approved.plan(), stage, now).stream()
                .filter(verdict ->
                        verdict.lift() == null || !permission.lifted().contains(verdict.lift()))
                .findFirst();
    }

    private static boolean accepts(ChainedEntry entry, ExecutionRequest request) {
        return sameDecision(entry, request)
                && entry.detail("verdict").equals(Verdict.APPROVE.name())
                && entry.detail("reason").equals(Ruling.Reason.ACCEPTED.name());
    }

    /** It was accepted by an attempt for whose answer the incident did not wait, be it before or after it gave up. */
    private static boolean givenUp(ChainedEntry entry, ExecutionRequest request) {
        return sameDecision(entry, request) && entry.detail("reason").equals(Ruling.Reason.NOT_CHECKED.name());
    }

    private static boolean rejects(ChainedEntry entry, ExecutionRequest request) {
        return entry.runId().equals(request.runId())
                && entry.detail("planDigest").equals(request.planDigest())
                && entry.detail("verdict").equals(Verdict.REJECT.name())
                && entry.detail("reason").equals(Ruling.Reason.ACCEPTED.name());
    }

    private static boolean sameDecision(ChainedEntry entry, ExecutionRequest request) {
        Ruling acceptance = request.acceptance();
        return entry.runId().equals(request.runId())
                && entry.detail("planDigest").equals(request.planDigest())
                && entry.detail("decisionId").equals(acceptance.decisionId())
                && entry.detail("decisionDigest").equals(acceptance.decisionDigest());
    }
}
