package io.k8sincident.activities.approval;

import io.k8sincident.activities.approval.ProofVerifier.Identity;
import io.k8sincident.activities.guard.PolicyGate;
import io.k8sincident.activities.plan.Plans;
import io.k8sincident.activities.policy.Policy;
import io.k8sincident.activities.policy.PolicyException;
import io.k8sincident.activities.policy.PolicyQuestion.Stage;
import io.k8sincident.activities.policy.PolicyVerdict;
import io.k8sincident.workflows.activity.RulingActivity.RulingRequest;
import io.k8sincident.workflows.model.Decision;
import io.k8sincident.workflows.model.Person;
import io.k8sincident.workflows.model.Plan;
import io.k8sincident.workflows.model.Ruling.Reason;
import io.k8sincident.workflows.model.Verdict;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The conditions under which a decision counts, each with its own reason, in the order in which they are checked. */
final class Conditions {
    private final Plans plans;
    private final Supplier<Policy> policies;
    private final PolicyGate gate;
    private final ProofVerifier proofs;

    Conditions(Plans plans, Supplier<Policy> policies, PolicyGate gate, ProofVerifier proofs) {
        this.plans = plans;
        this.policies = policies;
        this.gate = gate;
        this.proofs = proofs;
    }

    /** What was found: who decided, and the first condition that does not hold, or ACCEPTED. */
    record Finding(Person approver, Reason reason, String message) {}

    Finding check(Decision decision, RulingRequest request) {
        Policy policy;
        try {
            policy = policies.get();
        } catch (PolicyException e) {
            return new Finding(nobody(decision), Reason.POLICY_FORBIDS, "the policy cannot be used: " + e.getMessage());
        }
        Identity identity = proofs.identify(decision, policy);
        Person approver = identity.person();
        return foreign(decision, request)
                .or(() -> untimely(decision, request))
                .or(() -> identity.reason() == Reason.ACCEPTED
                        ? Optional.empty()
                        : Optional.of(new Refusal(identity.reason(), identity.message())))
                .or(() ->
                        decision.verdict() == Verdict.APPROVE ? forbidden(approver, request, policy) : Optional.empty())
                .map(refusal -> new Finding(approver, refusal.reason(), refusal.message()))
                .orElseGet(() -> new Finding(approver, Reason.ACCEPTED, ""));
    }

    private record Refusal(Reason reason, String message) {}

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

    private Optional<Refusal> forbidden(Person approver, RulingRequest request, Policy policy) {
        Person requester = request.request().requester();
        if (policy.separateDuties().value() && maybeSame(approver, requester)) {
            return refusal(
                    Reason.SELF_APPROVAL,
                    policy.separateDuties().place() + " wants another approver than the requester "
                            + requester.describe());
        }
        Optional<Plan> plan = plans.find(request.planDigest());
        if (plan.isEmpty()) {
            return refusal(Reason.WRONG_PLAN, "the open plan is not in the blob store any more, or was changed there");
        }
        PolicyVerdict verdict = gate.ask(policy, plan.get(), Stage.APPROVE, request.now());
        return verdict.allowed() ? Optional.empty() : refusal(Reason.POLICY_FORBIDS, verdict.describe());
    }

    /** Nobody, and a name that only differs in case, cannot be told from the requester. */
    private static boolean maybeSame(Person approver, Person requester) {
        return approver.name().equals("anonymous")
                || approver.name()
                        .strip()
                        .toLowerCase(Locale.ROOT)
                        .equals(requester.name().strip().toLowerCase(Locale.ROOT));
    }

    private static Person nobody(Decision decision) {
        return Person.unverified(decision.approver() == null ? "anonymous" : shown(decision.approver()));
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
