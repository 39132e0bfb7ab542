package io.k8sincident.activities.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.workflows.model.Action;
import java.util.Optional;

/** What an eviction sends, and what must hold of its pod, when it is planned as when it is sent. */
public final class Evictions {
    private Evictions() {}

    /** The Eviction of policy/v1 that evicts exactly this pod; another one of its name has another uid. */
    public static ObjectNode body(Action.EvictPod action) {
        ObjectNode eviction = JsonNodeFactory.instance.objectNode();
        eviction.put("apiVersion", "policy/v1").put("kind", "Eviction");
        eviction.putObject("metadata")
                .put("name", action.pod())
                .put("namespace", String.valueOf(action.target().namespace()));
        eviction.putObject("deleteOptions").putObject("preconditions").put("uid", action.podUid());
        return eviction;
    }

    /**
     * The same under a plan. Nothing of it stays in the cluster; the API server's audit log and its admission policies see it.
     *
     * @param mark the value of {@link ObjectImage#PLAN_ANNOTATION}
     */
    public static ObjectNode body(Action.EvictPod action, String mark) {
        ObjectNode eviction = body(action);
        eviction.withObjectProperty("metadata").putObject("annotations").put(ObjectImage.PLAN_ANNOTATION, mark);
        return eviction;
    }

    /**
     * Why the pod, as it was just read, is not the one to evict, in words: it is another, on its way out, no longer the
     * workload's, or ready. Empty if it is.
     */
    public static Optional<String> drift(Action.EvictPod action, ObjectNode pod) {
        String name = "pod " + action.pod();
        JsonNode metadata = pod.path("metadata");
        if (!hasUid(pod, action.podUid())) {
            return Optional.of(
                    name + " was made anew: its uid is " + metadata.path("uid").asText() + ", not " + action.podUid());
        }
        if (leaving(pod)) {
            return Optional.of(name + " is on its way out already");
        }
        if (!controlledBy(pod, String.valueOf(action.target().uid()))) {
            return Optional.of(name + " is not controlled by " + action.target().typed() + " any more");
        }
        return ready(pod) ? Optional.of(name + " is ready by now") : Optional.empty();
    }

    /** Whether this is the pod with that uid. */
    public static boolean hasUid(ObjectNode pod, String uid) {
        return pod.path("metadata").path("uid").asText().equals(uid);
    }

    /** Whether it was asked to go. */
    public static boolean leaving(ObjectNode pod) {
        return pod.path("metadata").hasNonNull("deletionTimestamp");
    }

    private static boolean controlledBy(ObjectNode pod, String uid) {
        for (JsonNode owner : pod.path("metadata").path("ownerReferences")) {
            if (owner.path("controller").asBoolean()
                    && owner.path("uid").asText().equals(uid)) {
                return true;
            }
        }
        return false;
    }

    private static boolean ready(ObjectNode pod) {
        for (JsonNode condition : pod.path("status").path("conditions")) {
            if (condition.path("type").asText().equals("Ready")) {
                return condition.path("status").asText().equals("True");
            }
        }
        return false;
    }
}
