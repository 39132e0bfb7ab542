package io.k8sincident.activities.approval;

import io.k8sincident.activities.evidence.ClusterException;
import io.k8sincident.activities.policy.Policy;
import io.k8sincident.activities.policy.Policy.Limit;
import io.k8sincident.workflows.model.Action;
import io.k8sincident.workflows.model.Person;
import io.k8sincident.workflows.model.Plan;
import io.k8sincident.workflows.model.PlannedAction;
import io.k8sincident.workflows.model.Target;
import java.util.Map;
import java.util.Optional;

/** Nobody approves what they may not do themselves, where the policy says who they are in the cluster. */
final class OwnRights {
    private final Access access;

    OwnRights(Access access) {
        this.access = access;
    }

    /**
     * Why this person may not do this plan; empty if they may, or if the policy maps nobody.
     *
     * @throws ClusterException if the cluster does not answer now
     */
    Optional<String> objection(Person approver, Plan plan, Policy policy) {
        Map<String, Limit<String>> users = policy.decisions().users();
        if (users.isEmpty()) {
            return Optional.empty();
        }
        Optional<Limit<String>> user = policy.decisions().userOf(approver.name());
        if (user.isEmpty()) {
            return Optional.of(users.values().iterator().next().place()
                    + " says who people are in the cluster, but not who " + approver.describe() + " is");
        }
        try {
            return plan.actions().stream()
                    .map(PlannedAction::action)
                    .map(Right::of)
                    .filter(right -> !access.allowed(user.get().value(), right.verb(), right.object()))
                    .findFirst()
                    .map(right -> denied(approver, user.get(), right));
        } catch (ClusterException e) {
            if (e.code().retryable()) {
                throw e;
            }
            return Optional.of("the cluster does not say what " + user.get().value() + " may do: "
                    + PlainText.shown(String.valueOf(e.getMessage()), 500));
        }
    }

    private static String denied(Person approver, Limit<String> user, Right right) {
        return approver.describe() + " is " + user.value() + " in the cluster (" + user.place() + "), who may not "
                + right.words() + " " + right.object().path();
    }

    /** What an action takes: one patch of its target, or the eviction of a pod, which is created below the pod. */
    private record Right(String verb, Target object, String words) {
        static Right of(Action action) {
            return action instanceof Action.EvictPod evict
                    ? new Right("create", evict.podTarget(), "evict")
                    : new Right("patch", action.target(), "patch");
        }
    }
}
