package io.k8sincident.scenarios.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.scenarios.json.Json;
import io.k8sincident.scenarios.json.Meta;
import java.util.List;

/** A pod in the words of {@code kubectl get pods}. */
final class PodCells {
    private PodCells() {}

    static String ready(ObjectNode pod) {
        long ready = statuses(pod).stream()
                .filter(status -> status.path("ready").asBoolean(false))
                .count();
        return ready + "/" + Json.at(pod, "spec", "containers").size();
    }

    static String restarts(ObjectNode pod) {
        int restarts = 0;
        String last = "";
        for (ObjectNode status : statuses(pod)) {
            restarts += status.path("restartCount").asInt(0);
            String finished = Json.text(status, "lastState", "terminated", "finishedAt");
            last = finished.compareTo(last) > 0 ? finished : last;
        }
        return restarts == 0 || last.isEmpty()
                ? Integer.toString(restarts)
                : restarts + " (" + Ages.since(last) + " ago)";
    }

    static String status(ObjectNode pod) {
        if (Meta.deleting(pod)) {
            return "Terminating";
        }
        String init = initStatus(pod);
        if (!init.isEmpty()) {
            return init;
        }
        String text = Json.text(pod, "status", "reason");
        for (ObjectNode status : statuses(pod)) {
            JsonNode state = status.path("state");
            String waiting = Json.text(state, "waiting", "reason");
            String terminated = Json.text(state, "terminated", "reason");
            text = !waiting.isEmpty() ? waiting : !terminated.isEmpty() ? terminated : text;
        }
        return text.isEmpty() ? Json.text(pod, "status", "phase") : text;
    }

    private static String initStatus(ObjectNode pod) {
        int done = 0;
        List<ObjectNode> init = Json.objects(Json.at(pod, "status", "initContainerStatuses"));
        for (ObjectNode status : init) {
            JsonNode state = status.path("state");
            if (state.path("terminated").has("exitCode")
                    && state.path("terminated").path("exitCode").asInt() == 0) {
                done++;
                continue;
            }
            String reason = Json.text(state, "waiting", "reason");
            reason = reason.isEmpty() ? Json.text(state, "terminated", "reason") : reason;
            return reason.isEmpty() || reason.equals("PodInitializing")
                    ? "Init:" + done + "/" + init.size()
                    : "Init:" + reason;
        }
        return "";
    }

    private static List<ObjectNode> statuses(ObjectNode pod) {
        return Json.objects(Json.at(pod, "status", "containerStatuses"));
    }
}
