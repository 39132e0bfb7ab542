package io.k8sincident.scenarios.kubelet;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.scenarios.controllers.Conditions;
import io.k8sincident.scenarios.json.Json;
import io.k8sincident.scenarios.json.Meta;
import io.k8sincident.scenarios.json.Timestamps;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Builds a pod's status; a condition that has not changed keeps its time. */
final class PodStatus {
    private final ObjectNode pod;
    private final ObjectNode status = Json.object();
    private final ArrayNode conditions = Json.array();

    PodStatus(ObjectNode pod, String phase) {
        this.pod = pod;
        status.put("observedGeneration", (int) Meta.generation(pod)).put("phase", phase);
    }

    void conditions(boolean initialized, List<ContainerWorker> containers) {
        List<String> unready = containers.stream()
                .filter(worker -> !worker.isReady())
                .map(ContainerWorker::name)
                .toList();
        boolean ended = !Json.text(status, "phase").matches("Running|Pending");
        String reason = unready.isEmpty() ? "" : ended ? "PodCompleted" : "ContainersNotReady";
        String message = unready.isEmpty() || ended
                ? ""
                : unready.stream().collect(Collectors.joining(" ", "containers with unready status: [", "]"));
        add("PodReadyToStartContainers", true, "", "");
        add("Initialized", initialized, initialized ? "" : "ContainersNotInitialized", "");
        add("Ready", unready.isEmpty(), reason, message);
        add("ContainersReady", unready.isEmpty(), reason, message);
        add("PodScheduled", true, "", "");
    }

    void addresses(String podIp) {
        status.put("hostIP", "10.89.0.10");
        status.putArray("hostIPs").addObject().put("ip", "10.89.0.10");
        status.put("podIP", podIp);
        status.putArray("podIPs").addObject().put("ip", podIp);
        String started = Json.text(pod, "status", "startTime");
        status.put("startTime", started.isEmpty() ? Timestamps.now() : started);
    }

    ObjectNode build(ArrayNode initStatuses, ArrayNode statuses) {
        status.set("conditions", conditions);
        if (!initStatuses.isEmpty()) {
            status.set("initContainerStatuses", initStatuses);
        }
        status.set("containerStatuses", statuses);
        status.set("qosClass", Json.at(pod, "status", "qosClass"));
        return status;
    }

    private void add(String type, boolean holds, String reason, String message) {
        String value = holds ? "True" : "False";
        Optional<ObjectNode> before = Conditions.find(pod, type)
                .filter(old -> Json.text(old, "status").equals(value));
        ObjectNode condition = conditions.addObject().put("type", type);
        condition.put("observedGeneration", (int) Meta.generation(pod)).put("status", value);
        condition.putNull("lastProbeTime");
        condition.put(
                "lastTransitionTime",
                before.map(old -> Json.text(old, "lastTransitionTime")).orElseGet(Timestamps::now));
        if (!reason.isEmpty()) {
            condition.put("reason", reason);
        }
        if (!message.isEmpty()) {
            condition.put("message", message);
        }
    }
}
