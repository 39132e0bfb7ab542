package io.k8sincident.activities.approval;

import io.k8sincident.activities.approval.DecisionReader.Read;
import io.k8sincident.activities.approval.ProofVerifier.Claimed;
import io.k8sincident.activities.approval.ProofVerifier.Identity;
import io.k8sincident.activities.approval.Quorum.Tally;
import io.k8sincident.activities.approval.Quorum.Terms;
import io.k8sincident.activities.guard.PolicyGate;
import io.k8sincident.activities.kubernetes.ClusterName;
import io.k8sincident.activities.plan.Plans;
import io.k8sincident.activities.policy.Policy;
import io.k8sincident.activities.policy.PolicyException;
import io.k8sincident.activities.policy.PolicyQuestion.Stage;
import io.k8sincident.activities.policy.PolicyVerdict;
import io.k8sincident.workflows.activity.RulingActivity.RulingRequest;
import io.k8sincident.workflows.model.BreakGlass.Lifted;
import io.k8sincident.workflows.model.Decision;
import io.k8sincident.workflows.model.IncidentRequest;
import io.k8sincident.workflows.model.Lift;
import io.k8sincident.workflows.model.Person;
import io.k8sincident.workflows.model.Plan;
import io.k8sincident.workflows.model.Ruling.Reason;
import io.k8sincident.workflows.model.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The conditions under which a decision counts, each with its own reason, in the order in which they are checked. */
final class Conditions {
    private final ClusterName name;
    private final Plans plans;
    private final Supplier<Policy> policies;
    private final PolicyGate gate;
    private final ProofVerifier proofs;
    private final OwnRights rights;
    private final SingleUse singleUse;
    private final Quorum quorum;
    private final Glass glass;

    Conditions(
            ClusterName name,
            Plans plans,
            Supplier<Policy> policies,
            PolicyGate gate,
            ProofVerifier proofs,
            OwnRights rights,
            SingleUse singleUse,
            Quorum quorum,
            Glass glass) {
        this.name = name;
        this.plans = plans;
        this.policies = policies;
        this.gate = gate;
        this.proofs = proofs;
        this.rights = rights;
        this.singleUse = singleUse;
        this.quorum = quorum;
        this.glass = glass;
    }

    /**
     * What was found: who decided, and the first condition that does not hold, or ACCEPTED.
     *
     * @param message in words; if it is accepted, with whom it was counted
     * @param people with whom it was counted
     * @param lifted against what it counts, for one that breaks the glass
     */
    record Finding(Person approver, Reason reason, String message, List<Person> people, List<Lifted> lifted) {
        Finding(Person approver, Reason reason, String message) {
            this(approver, reason, message, List.of(approver), List.of());
        }
    }

    Finding check(Read read, RulingRequest request) {
        Decision decision = read.decision();
        Policy policy;
        try {
            policy = policies.get();
        } catch (PolicyException e) {
            return new Finding(nobody(decision), Reason.POLICY_FORBIDS, "the policy cannot be used: " + e.getMessage());
        }
        Identity identity = proofs.identify(
                new Claimed(decision.approver(), read.fields(), decision.proof(), request.now(), purpose(decision)),
                policy);
        Person approver = identity.person();
        Optional<Plan> plan = plans.find(request.planDigest());
        boolean approves = decision.verdict() == Verdict.APPROVE;
        List<Lifted> lifted = new ArrayList<>();
        return foreign(decision, request)
                .or(() -> untimely(decision, request))
                .or(() -> identity.reason() == Reason.ACCEPTED
                        ? Optional.empty()
                        : refusal(identity.reason(), identity.message()))
                .or(() -> approver.verified() ? unbound(read, request) : Optional.empty())
                .or(() -> approves ? forbidden(read, request, approver, plan, policy, lifted) : Optional.empty())
                .or(() -> singleUse.use(read, request).flatMap(why -> refusal(Reason.REPEATED, why)))
                .map(refusal -> new Finding(approver, refusal.reason(), refusal.message()))
                .orElseGet(() -> approves && plan.isPresent()
                        ? counted(request, decision, approver, plan.get(), policy, lifted)
                        : new Finding(approver, Reason.ACCEPTED, "by " + approver.describe()));
    }

    private Finding counted(
            RulingRequest request, Decision decision, Person approver, Plan plan, Policy policy, List<Lifted> lifted) {
        Set<Lift> liftable = policy.breakGlass()
                .filter(rule -> !lifted.isEmpty())
                .map(rule -> rule.lifts().keySet())
                .orElse(Set.of());
        Tally tally = quorum.count(
                request,
                String.valueOf(decision.decisionId()),
                approver,
                plan,
                policy,
                new Terms(purpose(decision), liftable));
        return tally.complete()
                ? new Finding(approver, Reason.ACCEPTED, "by " + tally.names(), tally.people(), lifted)
                : new Finding(approver, Reason.QUORUM_INCOMPLETE, tally.describe(), tally.people(), lifted);
    }

    private static Purpose purpose(Decision decision) {
        return decision.breakGlass() == null ? Purpose.DECISION : Purpose.BREAK_GLASS;
    }

    private static Optional<Refusal> foreign(Decision decision, RulingRequest request) {
        if (differs(decision.cluster(), request.request().cluster())) {
            return refusal(Reason.WRONG_CLUSTER, "it is for cluster " + shown(decision.cluster()));
        }
        if (differs(decision.workflowId(), request.incident())) {
            return refusal(Reason.WRONG_INCIDENT, "it is for incident " + shown(decision.workflowId()));
        }
        if (differs(decision.runId(), request.runId())) {
            return refusal(Reason.WRONG_RUN, "it is for run " + shown(decision.runId()) + " of this incident");
        }
        if (request.usedDecisionIds().contains(decision.decisionId())) {
            return refusal(Reason.REPEATED, "its id was used before: " + shown(decision.decisionId()));
        }
        return differs(decision.planDigest(), request.planDigest())
                ? refusal(
                        Reason.WRONG_PLAN,
                        "it is for plan " + shown(decision.planDigest()) + "; open is " + request.planDigest())
                : Optional.empty();
    }

    private static Optional<Refusal> untimely(Decision decision, RulingRequest request) {
        if (!request.now().isBefore(request.deadline())) {
            return refusal(Reason.LATE, "the approval deadline was " + request.deadline());
        }
        Instant expires = decision.expiresAt();
        return expires != null && !request.now().isBefore(expires)
                ? refusal(Reason.DECISION_EXPIRED, "it was valid until " + expires)
                : Optional.empty();
    }

    /** What is signed must say what it is for; what it leaves open could be used elsewhere. */
    private static Optional<Refusal> unbound(Read read, RulingRequest request) {
        Decision decision = read.decision();
        Instant expires = decision.expiresAt();
        if (!read.named()
                || decision.cluster() == null
                || decision.workflowId() == null
                || decision.runId() == null
                || expires == null) {
            return refusal(
                    Reason.PROOF_INVALID,
                    "a signed decision must have the fields decisionId, cluster, workflowId, runId and expiresAt");
        }
        Instant latest = request.now().plus(IncidentRequest.LONGEST_APPROVAL);
        return expires.isAfter(latest)
                ? refusal(
                        Reason.PROOF_INVALID, "it is valid until " + expires + ", which is more than 24 hours from now")
                : Optional.empty();
    }

    /** @param lifted where it is said what is lifted */
    private Optional<Refusal> forbidden(
            Read read,
            RulingRequest request,
            Person approver,
            Optional<Plan> plan,
            Policy policy,
            List<Lifted> lifted) {
        if (plan.isEmpty()) {
            return refusal(Reason.WRONG_PLAN, "the open plan is not in the blob store any more, or was changed there");
        }
        Optional<String> objection = name.objection(plan.get());
        if (objection.isPresent()) {
            return refusal(Reason.WRONG_CLUSTER, "the open plan is not one of this worker: " + objection.get());
        }
        return (read.decision().breakGlass() == null
                        ? normally(approver, plan.get(), policy, request.now())
                        : lifting(read.decision(), request, approver, plan.get(), policy, lifted))
                .or(() -> rights.objection(approver, plan.get(), policy)
                        .flatMap(why -> refusal(Reason.NOT_ALLOWED, why)));
    }

    /** What the policy says to everybody. */
    private Optional<Refusal> normally(Person approver, Plan plan, Policy policy, Instant now) {
        if (Demands.selfApproval(approver, policy, plan)) {
            return refusal(
                    Reason.SELF_APPROVAL,
                    policy.separateDuties().place() + " wants another approver than the requester "
                            + plan.requester().describe());
        }
        PolicyVerdict verdict = gate.ask(policy, plan, Stage.APPROVE, now);
        return verdict.allowed() ? Optional.empty() : refusal(Reason.POLICY_FORBIDS, verdict.describe());
    }

    private Optional<Refusal> lifting(
            Decision decision, RulingRequest request, Person approver, Plan plan, Policy policy, List<Lifted> lifted) {
        Glass.Answer answer = glass.ask(request, String.valueOf(decision.decisionId()), approver, plan, policy);
        lifted.addAll(answer.lifted());
        return answer.refusal();
    }

    private static Person nobody(Decision decision) {
        return Person.unverified(decision.approver() == null ? SignerName.ANONYMOUS : shown(decision.approver()));
    }

    private static Optional<Refusal> refusal(Reason reason, String message) {
        return Optional.of(new Refusal(reason, message));
    }

    private static boolean differs(@Nullable String given, String expected) {
        return given != null && !given.equals(expected);
    }

    private static String shown(@Nullable String text) {
        return PlainText.shown(String.valueOf(text), 100);
    }
}
