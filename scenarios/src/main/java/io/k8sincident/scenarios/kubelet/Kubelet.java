package io.k8sincident.scenarios.kubelet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.scenarios.catalog.Catalog;
import io.k8sincident.scenarios.controllers.Controller;
import io.k8sincident.scenarios.controllers.EventRecorder;
import io.k8sincident.scenarios.controllers.SimulatedTime;
import io.k8sincident.scenarios.json.Json;
import io.k8sincident.scenarios.json.Meta;
import io.k8sincident.scenarios.server.LogLine;
import io.k8sincident.scenarios.server.LogSource;
import io.k8sincident.scenarios.status.StatusException;
import io.k8sincident.scenarios.store.ObjectKey;
import io.k8sincident.scenarios.store.ObjectStore;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The kubelets of all nodes: runs every pod that is bound to a node, in appearance, and keeps their logs. */
public final class Kubelet implements Controller, LogSource {
    private final ObjectStore store;
    private final SimulatedTime time;
    private final Images images = Images.load();
    private final Map<String, PodWorker> workers = new ConcurrentHashMap<>();
    private final Map<String, EventRecorder> recorders = new ConcurrentHashMap<>();
    private int addresses = 2;

    /** A kubelet over this store. */
    public Kubelet(ObjectStore store, SimulatedTime time) {
        this.store = store;
        this.time = time;
    }

    @Override
    public void reconcile() {
        Set<String> seen = new HashSet<>();
        for (ObjectNode pod : store.list(Catalog.PODS, "").items()) {
            if (!Json.text(pod, "spec", "nodeName").isEmpty()) {
                seen.add(Meta.uid(pod));
                sync(pod);
            }
        }
        workers.keySet().retainAll(seen);
    }

    private void sync(ObjectNode pod) {
        PodWorker worker = workers.computeIfAbsent(Meta.uid(pod), uid -> worker(pod));
        Optional<ObjectNode> status = worker.tick(pod);
        store.write(ObjectKey.of(Catalog.PODS, pod), before -> {
            if (before == null || !Meta.uid(before).equals(Meta.uid(pod))) {
                return before;
            }
            if (status.isEmpty()) {
                return null;
            }
            if (before.path("status").equals(status.get())) {
                return before;
            }
            ObjectNode after = Meta.shallowCopy(before);
            after.set("status", status.get());
            return after;
        });
    }

    private PodWorker worker(ObjectNode pod) {
        String node = Json.text(pod, "spec", "nodeName");
        int number = addresses++;
        String ip = "10.244." + (1 + number / 250 % 250) + "." + (1 + number % 250);
        EventRecorder recorder = recorders.computeIfAbsent(node, host -> new EventRecorder(store, "kubelet", host));
        return new PodWorker(pod, time, recorder, store, images, ip);
    }

    @Override
    public List<LogLine> read(ObjectNode pod, String container, boolean previous) {
        ObjectNode status = Json.objects(Json.at(pod, "status", "containerStatuses")).stream()
                .filter(candidate -> Json.text(candidate, "name").equals(container))
                .findFirst()
                .or(() -> Json.objects(Json.at(pod, "status", "initContainerStatuses")).stream()
                        .filter(candidate -> Json.text(candidate, "name").equals(container))
                        .findFirst())
                .orElseGet(Json::object);
        requireLog(pod, container, status, previous);
        PodWorker worker = workers.get(Meta.uid(pod));
        return worker == null ? List.of() : worker.log(container, previous);
    }

    /** As validateContainerLogStatus of the kubelet. */
    private static void requireLog(ObjectNode pod, String container, ObjectNode status, boolean previous) {
        String which = "container \"" + container + "\" in pod \"" + Meta.name(pod) + "\"";
        JsonNode state = status.path("state");
        boolean endedBefore =
                !Json.text(status, "lastState", "terminated", "containerID").isEmpty();
        if (previous && !endedBefore) {
            throw StatusException.badRequest("previous terminated " + which + " not found");
        }
        if (previous || state.has("running") || state.has("terminated") || endedBefore) {
            return;
        }
        String reason = Json.text(state, "waiting", "reason");
        throw StatusException.badRequest(
                switch (reason) {
                    case "ErrImagePull" -> which + " is waiting to start: image can't be pulled";
                    case "ImagePullBackOff" -> which + " is waiting to start: trying and failing to pull image";
                    case "" -> which + " is not available";
                    default -> which + " is waiting to start: " + reason;
                });
    }
}
