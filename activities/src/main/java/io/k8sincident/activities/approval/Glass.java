package io.k8sincident.activities.approval;

import io.k8sincident.activities.approval.Quorum.Tally;
import io.k8sincident.activities.guard.PolicyGate;
import io.k8sincident.activities.guard.Slots;
import io.k8sincident.activities.policy.BreakGlassRule;
import io.k8sincident.activities.policy.Policy;
import io.k8sincident.activities.policy.Policy.Limit;
import io.k8sincident.activities.policy.PolicyQuestion.Stage;
import io.k8sincident.activities.policy.PolicyVerdict;
import io.k8sincident.workflows.activity.RulingActivity.RulingRequest;
import io.k8sincident.workflows.model.BreakGlass.Lifted;
import io.k8sincident.workflows.model.Lift;
import io.k8sincident.workflows.model.Person;
import io.k8sincident.workflows.model.Plan;
import io.k8sincident.workflows.model.Ruling.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What stands against a plan, and what of it a person lifts who breaks the glass. */
final class Glass {
    private final PolicyGate gate;
    private final Slots slots;
    private final Quorum quorum;

    Glass(PolicyGate gate, Slots slots, Quorum quorum) {
        this.gate = gate;
        this.slots = slots;
        this.quorum = quorum;
    }

    /** Exactly one of the two: why it is refused, or what is lifted, at least one thing. */
    record Answer(Optional<Refusal> refusal, List<Lifted> lifted) {
        private static Answer refused(Reason reason, String message) {
            return new Answer(Optional.of(new Refusal(reason, message)), List.of());
        }
    }

    /** Whether this person, whose signature was checked, may go ahead with this plan against the policy now. */
    Answer ask(RulingRequest request, String decisionId, Person approver, Plan plan, Policy policy) {
        Optional<BreakGlassRule> rule = policy.breakGlass();
        if (rule.isEmpty()) {
            return Answer.refused(
                    Reason.NOT_ALLOWED, policy.file() + " has no part breakGlass: nobody may break the glass");
        }
        if (!approver.verified() || !rule.get().names(approver.name())) {
            return Answer.refused(
                    Reason.NOT_ALLOWED,
                    rule.get().place() + " says who may break the glass; " + approver.describe()
                            + " is not among them");
        }
        List<Lifted> lifted = new ArrayList<>();
        if (Demands.selfApproval(approver, policy, plan)) {
            String message = "the approver is the requester " + plan.requester().describe();
            if (!policy.lifts(Lift.SEPARATE_DUTIES)) {
                return Answer.refused(
                        Reason.SELF_APPROVAL, policy.separateDuties().place() + ": " + message + stays(rule.get()));
            }
            lifted.add(new Lifted(Lift.SEPARATE_DUTIES, policy.separateDuties().place(), message));
        }
        List<PolicyVerdict> objections = new ArrayList<>(gate.objections(policy, plan, Stage.APPROVE, request.now()));
        slots.full(policy.limits(), plan).ifPresent(objections::add);
        for (PolicyVerdict objection : objections) {
            Lift lift = objection.lift();
            if (lift == null || !policy.lifts(lift)) {
                return Answer.refused(Reason.POLICY_FORBIDS, objection.describe() + stays(rule.get()));
            }
            lifted.add(new Lifted(lift, objection.place(), objection.reason()));
        }
        lifted.addAll(missingPeople(request, decisionId, approver, plan, policy));
        return lifted.isEmpty()
                ? Answer.refused(
                        Reason.NOT_NEEDED,
                        "nothing needs break-glass: approve normally; what the policy asks for holds, or is nothing that "
                                + rule.get().place() + " lifts")
                : new Answer(Optional.empty(), List.copyOf(lifted));
    }

    /** What demands more people than a normal approval by this one would find, as far as that can be lifted. */
    private List<Lifted> missingPeople(
            RulingRequest request, String decisionId, Person approver, Plan plan, Policy policy) {
        Tally normal =
                quorum.count(request, decisionId, approver, plan, policy, new Quorum.Terms(Purpose.DECISION, Set.of()));
        int people = normal.people().size();
        String counted = people + " of %d different people would have approved: " + normal.names();
        List<Lifted> lifted = new ArrayList<>();
        Limit<Integer> asked = policy.decisions().quorumFor(plan.risk());
        if (people < asked.value() && policy.lifts(Lift.QUORUM)) {
            lifted.add(new Lifted(Lift.QUORUM, asked.place(), counted.formatted(asked.value())));
        }
        if (people < 2 && Demands.unknownRequester(policy, plan) && policy.lifts(Lift.SEPARATE_DUTIES)) {
            lifted.add(new Lifted(
                    Lift.SEPARATE_DUTIES,
                    policy.separateDuties().place(),
                    "nobody proved to have asked for the plan, and " + counted.formatted(2)));
        }
        return lifted;
    }

    private static String stays(BreakGlassRule rule) {
        return "; breaking the glass does not lift that, only what " + rule.place() + " names: "
                + String.join(
                        ", ", rule.lifts().keySet().stream().map(Lift::key).toList());
    }
}
