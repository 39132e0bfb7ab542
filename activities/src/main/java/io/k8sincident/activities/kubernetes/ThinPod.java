package io.k8sincident.activities.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/**
 * A pod that is well, without what is only read of pods that are not: of ten thousand pods, nearly all. Kept are its
 * identity, labels and owners, where it runs, its containers and volumes, and that it is ready.
 */
final class ThinPod {
    private static final List<String> METADATA =
            List.of("name", "namespace", "uid", "labels", "ownerReferences", "creationTimestamp");
    private static final List<String> SPEC = List.of(
            "nodeName",
            "containers",
            "volumes",
            "serviceAccountName",
            "hostNetwork",
            "dnsPolicy",
            "priority",
            "priorityClassName");
    private static final String TOKEN = "/var/run/secrets/kubernetes.io/serviceaccount";
    private static final List<String> STATUS = List.of("phase", "conditions", "containerStatuses", "qosClass");
    private static final List<String> CONTAINER_STATUS = List.of("name", "ready", "restartCount", "started", "state");
    private static final List<String> CONDITION = List.of("type", "status", "lastTransitionTime");

    private ThinPod() {}

    /** Thins this pod, in place, if it is well; whether it was. */
    static boolean thin(ObjectNode pod) {
        if (!well(pod)) {
            return false;
        }
        if (pod.path("metadata") instanceof ObjectNode metadata) {
            metadata.retain(METADATA);
        }
        if (pod.path("spec") instanceof ObjectNode spec) {
            spec.retain(SPEC);
            // Each pod has a volume of its own name for its token, which would keep its containers from being shared.
            remove(spec.path("volumes"), volume -> volume.has("projected"));
            for (JsonNode container : spec.path("containers")) {
                remove(
                        container.path("volumeMounts"),
                        mount -> TOKEN.equals(mount.path("mountPath").asText()));
            }
        }
        if (pod.path("status") instanceof ObjectNode status) {
            status.retain(STATUS);
            each(status, "containerStatuses", CONTAINER_STATUS);
            each(status, "conditions", CONDITION);
        }
        return true;
    }

    private static void remove(JsonNode list, Predicate<JsonNode> unwanted) {
        for (Iterator<JsonNode> all = list.elements(); all.hasNext(); ) {
            if (unwanted.test(all.next())) {
                all.remove();
            }
        }
    }

    /** Ready, staying, and with containers that never ended. */
    private static boolean well(JsonNode pod) {
        JsonNode status = pod.path("status");
        if (!status.path("phase").asText().equals("Running")
                || pod.path("metadata").has("deletionTimestamp")
                || !ready(status)) {
            return false;
        }
        JsonNode containers = status.path("containerStatuses");
        for (JsonNode container : containers) {
            if (!container.path("ready").asBoolean()
                    || container.path("restartCount").asInt() > 0
                    || !container.path("state").has("running")) {
                return false;
            }
        }
        for (JsonNode container : status.path("initContainerStatuses")) {
            if (container.path("restartCount").asInt() > 0) {
                return false;
            }
        }
        return !containers.isEmpty();
    }

    private static boolean ready(JsonNode status) {
        for (JsonNode condition : status.path("conditions")) {
            if (condition.path("type").asText().equals("Ready")) {
                return condition.path("status").asText().equals("True");
            }
        }
        return false;
    }

    private static void each(ObjectNode holder, String list, List<String> kept) {
        for (JsonNode element : holder.path(list)) {
            if (element instanceof ObjectNode object) {
                object.retain(kept);
            }
        }
    }
}
