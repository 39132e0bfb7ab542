package io.k8sincident.activities.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.k8sincident.workflows.model.Action;
import io.k8sincident.workflows.model.Plan;
import io.k8sincident.workflows.model.PlannedAction;
import io.k8sincident.workflows.model.Risk;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a policy is asked about.
 *
 * @param context what else is known of the plan, for expressions
 * @param steps what is to be done, in order
 * @param stage for what it is asked
 * @param at the time that counts
 */
public record PolicyQuestion(Context context, Risk risk, List<Step> steps, Stage stage, Instant at) {
    /** What an approval, a write or a plan differ in. */
    public enum Stage {
        /** Whether it may be proposed: a freeze and a namespace that is held to proposals do not matter yet. */
        PLAN,
        /** Whether a decision may approve it now. */
        APPROVE,
        /** Whether it may be written now. */
        EXECUTE,
        /** Whether what was there before may be put back now. */
        RESTORE
    }

    /** The plan as a whole. */
    public record Context(String cluster, String cause, String runbook, String requester, int pods, int replicas) {}

    /**
     * One action, and the object before and after it, as images: with {@code metadata} and {@code spec}.
     *
     * @param before empty object if it is not known
     * @param after likewise
     */
    public record Step(Action action, JsonNode before, JsonNode after) {}

    /** Finds the image of an object by its digest; a missing node if there is none. */
    @FunctionalInterface
    public interface Images {
        JsonNode find(String digest);
    }

    /** Copies. */
    public PolicyQuestion {
        steps = List.copyOf(steps);
    }

    /** The question of whether this plan may be proposed, approved or executed. */
    public static PolicyQuestion of(Plan plan, Images images, Stage stage, Instant at) {
        return new PolicyQuestion(
                new Context(
                        plan.cluster(),
                        plan.cause(),
                        plan.runbook(),
                        plan.requester().name(),
                        plan.blastRadius().pods(),
                        plan.blastRadius().replicas()),
                plan.risk(),
                plan.actions().stream().map(action -> step(action, images)).toList(),
                stage,
                at);
    }

    private static Step step(PlannedAction planned, Images images) {
        return new Step(
                planned.action(), images.find(planned.preImageDigest()), images.find(planned.postImageDigest()));
    }

    List<Action> actions() {
        return steps.stream().map(Step::action).toList();
    }

    /** The last step on the object of this one. */
    Step lastOn(Step first) {
        String path = first.action().target().path();
        return steps.stream()
                .filter(step -> step.action().target().path().equals(path))
                .reduce(first, (earlier, later) -> later);
    }

    /** The first step on each object, in order. */
    List<Step> firstOfEachTarget() {
        Map<String, Step> first = new LinkedHashMap<>();
        steps.forEach(step -> first.putIfAbsent(step.action().target().path(), step));
        return List.copyOf(first.values());
    }
}
