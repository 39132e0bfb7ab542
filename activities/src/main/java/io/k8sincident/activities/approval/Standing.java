package io.k8sincident.activities.approval;

import io.k8sincident.activities.guard.PolicyGate;
import io.k8sincident.activities.guard.Slots;
import io.k8sincident.activities.plan.Plans;
import io.k8sincident.activities.policy.Policy;
import io.k8sincident.activities.policy.PolicyException;
import io.k8sincident.activities.policy.PolicyQuestion.Stage;
import io.k8sincident.activities.policy.PolicyVerdict;
import io.k8sincident.workflows.model.Plan;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** What the policy has against a plan, whoever would approve it. */
record Standing(Plans plans, Supplier<Policy> policies, PolicyGate gate, Slots slots) {
    /** What it has against approving and executing it now, its limits included; empty if nothing. */
    Optional<String> against(String planDigest, Instant now) {
        Policy policy;
        try {
            policy = policies.get();
        } catch (PolicyException e) {
            return Optional.of("the policy cannot be used: " + e.getMessage());
        }
        Optional<Plan> plan = plans.find(planDigest);
        if (plan.isEmpty()) {
            return Optional.of("the open plan is not in the blob store any more, or was changed there");
        }
        PolicyVerdict verdict = gate.ask(policy, plan.get(), Stage.APPROVE, now);
        return verdict.allowed()
                ? slots.full(policy.limits(), plan.get()).map(PolicyVerdict::describe)
                : Optional.of(verdict.describe());
    }
}
