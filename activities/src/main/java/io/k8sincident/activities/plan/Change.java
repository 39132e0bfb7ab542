package io.k8sincident.activities.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.kubernetes.ClusterWriter;
import io.k8sincident.workflows.model.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an action makes of an object. Planning and execution use the same change on the same pre-image, so what is sent
 * is what was shown.
 */
@FunctionalInterface
public interface Change {
    /** The annotation that {@code kubectl rollout restart} stamps. */
    String RESTARTED_AT = "kubectl.kubernetes.io/restartedAt";

    /** Changes this copy of the object. */
    void apply(ObjectNode object);

    /** The object after the change; the one given stays as it is. */
    default ObjectNode of(ObjectNode object) {
        ObjectNode changed = object.deepCopy();
        apply(changed);
        return changed;
    }

    /**
     * The change of this action.
     *
     * @param cluster where the template of a roll-back is read from
     * @throws ChangeRefusedException if it cannot be made, in words
     */
    static Change of(Action action, ClusterWriter cluster) {
        if (action instanceof Action.RollBack rollBack) {
            JsonNode template = Revisions.template(rollBack, cluster);
            String digest = PodTemplate.digest(template);
            if (!digest.equals(rollBack.templateDigest())) {
                throw new ChangeRefusedException("the template of ReplicaSet " + rollBack.replicaSet() + " is " + digest
                        + ", not " + rollBack.templateDigest());
            }
            return object -> object.withObjectProperty("spec").set("template", PodTemplate.plain(template));
        }
        if (action instanceof Action.RestartRollout restart) {
            return object -> object.withObjectProperty("spec")
                    .withObjectProperty("template")
                    .withObjectProperty("metadata")
                    .withObjectProperty("annotations")
                    .put(RESTARTED_AT, restart.restartedAt().toString());
        }
        if (action instanceof Action.SetCommand set) {
            return object -> {
                ArrayNode command = container(object, set.container()).putArray("command");
                set.command().forEach(command::add);
            };
        }
        if (action instanceof Action.EvictPod) {
            return object -> {
                // The workload stays as it is: only its pod goes.
            };
        }
        Action.SetImage set = (Action.SetImage) action;
        return object -> container(object, set.container()).put("image", set.image());
    }

    private static ObjectNode container(ObjectNode object, String name) {
        return container(object, "containers", name)
                .or(() -> container(object, "initContainers", name))
                .orElseThrow(() -> new ChangeRefusedException("there is no container '" + name + "'; there are: "
                        + String.join(", ", containerNames(object))));
    }

    private static Optional<ObjectNode> container(ObjectNode object, String list, String name) {
        for (JsonNode container : podSpec(object).path(list)) {
            if (container instanceof ObjectNode found
                    && found.path("name").asText().equals(name)) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    private static List<String> containerNames(ObjectNode object) {
        List<String> names = new ArrayList<>();
        podSpec(object)
                .path("containers")
                .forEach(each -> names.add(each.path("name").asText()));
        podSpec(object)
                .path("initContainers")
                .forEach(each -> names.add(each.path("name").asText()));
        return names;
    }

    private static JsonNode podSpec(ObjectNode object) {
        return object.path("spec").path("template").path("spec");
    }
}
