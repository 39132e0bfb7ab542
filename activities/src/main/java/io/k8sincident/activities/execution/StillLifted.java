package io.k8sincident.activities.execution;

import io.k8sincident.activities.approval.GlassRecords;
import io.k8sincident.activities.audit.ChainedEntry;
import io.k8sincident.activities.policy.BreakGlassRule;
import io.k8sincident.activities.policy.Policy;
import io.k8sincident.activities.policy.PolicyQuestion.Stage;
import io.k8sincident.workflows.model.Execution.Status;
import io.k8sincident.workflows.model.Lift;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What an approval that broke the glass still lifts when it is carried out. */
final class StillLifted {
    private StillLifted() {}

    /**
     * Nothing but what the approval lifted when it was ruled on, and of that only what the policy as it is now lets the
     * same people lift. For a write all of it must still be so; putting back what was there before needs no more than what
     * stands in its way then.
     *
     * @param acceptance as the trail has it; of a normal approval nothing is lifted
     * @throws HaltedException if the policy lifts less by now
     */
    static Set<Lift> by(ChainedEntry acceptance, Policy policy, Stage stage) {
        Set<Lift> ruled = GlassRecords.lifted(acceptance);
        Set<Lift> still = EnumSet.noneOf(Lift.class);
        Optional<BreakGlassRule> rule = policy.breakGlass();
        List<String> people = GlassRecords.people(acceptance);
        if (rule.isPresent() && !people.isEmpty() && people.stream().allMatch(rule.get()::names)) {
            ruled.stream().filter(policy::lifts).forEach(still::add);
        }
        if (stage != Stage.RESTORE && !still.equals(ruled)) {
            throw new HaltedException(
                    Status.BLOCKED,
                    "the policy forbids it now: "
                            + rule.map(BreakGlassRule::place).orElse(policy.file())
                            + " does not let " + String.join(", ", people) + " break the glass any more for "
                            + String.join(", ", ruled.stream().map(Lift::key).toList()));
        }
        return still;
    }
}
