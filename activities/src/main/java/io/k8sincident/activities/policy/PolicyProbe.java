package io.k8sincident.activities.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.k8sincident.activities.policy.PolicyQuestion.Context;
import io.k8sincident.activities.policy.PolicyQuestion.Stage;
import io.k8sincident.activities.policy.PolicyQuestion.Step;
import io.k8sincident.workflows.model.Action;
import io.k8sincident.workflows.model.Risk;
import io.k8sincident.workflows.model.Target;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * A question about a plan that nobody made, to see what a policy would say.
 *
 * @param action one of {@link #actions()}
 * @param image that an action sets which sets one
 * @param object what the target is, with as much of metadata and spec as an incident sees; an empty object if that is not
 *     known
 */
public record PolicyProbe(
        String cluster,
        String namespace,
        String kind,
        String name,
        String action,
        String image,
        Risk risk,
        JsonNode object) {
    private static final String CONTAINER = "app";

    /** A restart of this object, which {@link #of} and {@link #with} make another change. */
    public static PolicyProbe ofTarget(String cluster, String namespace, String kind, JsonNode object) {
        String name = object.path("metadata").path("name").asText("any");
        return new PolicyProbe(
                cluster, namespace, kind, name, ActionType.RestartRollout.name(), "", Risk.MEDIUM, object);
    }

    /** The same with this action. */
    public PolicyProbe of(String other) {
        return new PolicyProbe(cluster, namespace, kind, name, other, image, risk, object);
    }

    /** The same with this image and risk. */
    public PolicyProbe with(String newImage, Risk newRisk) {
        return new PolicyProbe(cluster, namespace, kind, name, action, newImage, newRisk, object);
    }

    /** The actions that there are. */
    public static List<String> actions() {
        return Arrays.stream(ActionType.values()).map(ActionType::name).toList();
    }

    /** Whether this plan may be proposed, approved or executed at this time; its action changes no resources. */
    public PolicyQuestion question(Stage stage, Instant at) {
        int replicas = object.path("spec").path("replicas").asInt(1);
        return new PolicyQuestion(
                new Context(cluster, "unknown", "human-value", "anonymous", replicas, replicas),
                risk,
                List.of(new Step(change(at), object, object)),
                stage,
                at);
    }

    private Action change(Instant at) {
        Target target = new Target("apps/v1", kind, namespace, name, null);
        return switch (ActionType.valueOf(action)) {
            case RollBack -> new Action.RollBack(target, 1, name + "-1", "", "", "readiness not proven", false);
            case RestartRollout -> new Action.RestartRollout(target, at);
            case SetCommand -> new Action.SetCommand(target, CONTAINER, List.of("command"));
            case SetImage -> new Action.SetImage(target, CONTAINER, image);
            case EvictPod -> new Action.EvictPod(target, name + "-0", "");
        };
    }
}
