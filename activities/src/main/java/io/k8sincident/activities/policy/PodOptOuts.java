package io.k8sincident.activities.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.workflows.model.Action;
import io.k8sincident.workflows.model.Target;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether a pod that is to be evicted opts out by an annotation of its own, as it is now. Its workload's annotations are
 * those of the image that a plan is bound to. Thread-safe.
 */
public final class PodOptOuts {
    /** Finds a pod as it is now. Thread-safe. */
    @FunctionalInterface
    public interface Pods {
        /**
         * The pod; empty if there is none of that name.
         *
         * @throws RuntimeException if it cannot be read; then it is not evicted
         */
        Optional<ObjectNode> get(Target pod);
    }

    private final Pods pods;

    /** Looks at these pods, and only where the policy has such annotations. */
    public PodOptOuts(Pods pods) {
        this.pods = pods;
    }

    /** Why pods may not be evicted, in the order of the plan's actions; empty if all may. */
    public Stream<PolicyVerdict> objections(Policy policy, PolicyQuestion question) {
        return policy.optOut().isEmpty()
                ? Stream.empty()
                : question.actions().stream()
                        .filter(Action.EvictPod.class::isInstance)
                        .map(action -> ((Action.EvictPod) action).podTarget())
                        .flatMap(pod -> objection(policy, pod).stream());
    }

    private Optional<PolicyVerdict> objection(Policy policy, Target pod) {
        JsonNode annotations;
        try {
            annotations = pods.get(pod)
                    .map(found -> found.path("metadata").path("annotations"))
                    .orElse(MissingNode.getInstance());
        } catch (RuntimeException e) {
            return Optional.of(PolicyVerdict.deny(
                    policy.optOut().values().iterator().next(),
                    "whether " + pod.path() + " opts out cannot be read: " + e.getMessage()));
        }
        return policy.optOut().entrySet().stream()
                .filter(key -> annotations.has(key.getKey()))
                .map(key -> PolicyVerdict.deny(key.getValue(), pod.path() + " has the annotation " + key.getKey()))
                .findFirst();
    }
}
