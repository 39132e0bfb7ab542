package io.k8sincident.scenarios.kubelet;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.scenarios.controllers.EventRecorder;
import io.k8sincident.scenarios.controllers.SimulatedTime;
import io.k8sincident.scenarios.json.Json;
import io.k8sincident.scenarios.server.LogLine;
import io.k8sincident.scenarios.store.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes one pod through its life. Used by the kubelet's thread; logs are read by others, so it locks. */
final class PodWorker {
    private final ObjectNode pod;
    private final SimulatedTime time;
    private final EventRecorder recorder;
    private final Volumes volumes;
    private final String podIp;
    private final List<ContainerWorker> init = new ArrayList<>();
    private final List<ContainerWorker> containers = new ArrayList<>();
    private boolean stopping;

    PodWorker(ObjectNode pod, SimulatedTime time, EventRecorder recorder, ObjectStore store, Images images, String ip) {
        this.pod = pod;
        this.time = time;
        this.recorder = recorder;
        this.volumes = new Volumes(store, time, recorder);
        this.podIp = ip;
        Environment environment = new Environment(store);
        workers(init, "initContainers", images, environment);
        workers(containers, "containers", images, environment);
        if (!init.isEmpty()) {
            containers.forEach(ContainerWorker::waitForInit);
        }
    }

    private void workers(List<ContainerWorker> into, String list, Images images, Environment environment) {
        for (ObjectNode container : Json.objects(Json.at(pod, "spec", list))) {
            String fieldPath = "spec." + list + "{" + Json.text(container, "name") + "}";
            ContainerEvents events = new ContainerEvents(recorder, pod, fieldPath);
            into.add(new ContainerWorker(container, time, events, images, environment));
        }
    }

    /** One look at the pod; returns its status, or empty once it is to be removed. */
    synchronized Optional<ObjectNode> tick(ObjectNode now) {
        if (stopping || io.k8sincident.scenarios.json.Meta.deleting(now)) {
            return stop(now);
        }
        if (volumes.ready(now)) {
            if (initialized()) {
                each(now, "containers", containers);
            } else {
                nextInit(now);
            }
        }
        return Optional.of(status(now));
    }

    synchronized List<LogLine> log(String container, boolean previous) {
        for (ContainerWorker worker : all()) {
            if (worker.name().equals(container)) {
                return worker.log(previous);
            }
        }
        return List.of();
    }

    private void each(ObjectNode now, String list, List<ContainerWorker> workers) {
        List<ObjectNode> specs = Json.objects(Json.at(now, "spec", list));
        for (int i = 0; i < Math.min(specs.size(), workers.size()); i++) {
            workers.get(i).tick(now, specs.get(i), podIp);
        }
    }

    private void nextInit(ObjectNode now) {
        List<ObjectNode> specs = Json.objects(Json.at(now, "spec", "initContainers"));
        for (int i = 0; i < init.size(); i++) {
            if (!init.get(i).succeeded() || init.get(i).isRunning()) {
                init.get(i).tick(now, specs.get(i), podIp);
                return;
            }
        }
    }

    private boolean initialized() {
        return init.stream().allMatch(worker -> worker.succeeded() && !worker.isRunning());
    }

    private Optional<ObjectNode> stop(ObjectNode now) {
        if (!stopping) {
            stopping = true;
            for (ContainerWorker worker : all()) {
                if (worker.isRunning()) {
                    String fieldPath =
                            (init.contains(worker) ? "spec.initContainers{" : "spec.containers{") + worker.name() + "}";
                    recorder.record(pod, fieldPath, "Normal", "Killing", "Stopping container " + worker.name());
                    worker.stop(now, time.seconds());
                }
            }
        }
        List<ContainerWorker> running =
                all().stream().filter(ContainerWorker::isRunning).toList();
        List<ObjectNode> specs = Json.objects(Json.at(now, "spec", "containers"));
        for (ContainerWorker worker : running) {
            int index = Math.max(0, containers.indexOf(worker));
            worker.tick(now, specs.get(Math.min(index, specs.size() - 1)), "");
        }
        return all().stream().anyMatch(ContainerWorker::isRunning) ? Optional.of(status(now)) : Optional.empty();
    }

    private List<ContainerWorker> all() {
        List<ContainerWorker> all = new ArrayList<>(init);
        all.addAll(containers);
        return all;
    }

    private ObjectNode status(ObjectNode now) {
        boolean running = containers.stream().anyMatch(ContainerWorker::isRunning)
                || containers.stream().anyMatch(worker -> !worker.isWaitingFirstTime());
        String phase = phase(now, running);
        PodStatus status = new PodStatus(now, phase);
        status.conditions(initialized(), containers);
        status.addresses(podIp);
        ArrayNode initStatuses = statuses(now, "initContainers", init);
        ArrayNode statuses = statuses(now, "containers", containers);
        return status.build(initStatuses, statuses);
    }

    private String phase(ObjectNode now, boolean running) {
        if (init.stream().anyMatch(worker -> worker.isDone(now) && !worker.succeeded())) {
            return "Failed";
        }
        if (!containers.isEmpty() && containers.stream().allMatch(worker -> worker.isDone(now))) {
            return containers.stream().allMatch(ContainerWorker::succeeded) ? "Succeeded" : "Failed";
        }
        return running && initialized() ? "Running" : "Pending";
    }

    private static ArrayNode statuses(ObjectNode now, String list, List<ContainerWorker> workers) {
        ArrayNode statuses = Json.array();
        List<ObjectNode> specs = Json.objects(Json.at(now, "spec", list));
        for (int i = 0; i < Math.min(specs.size(), workers.size()); i++) {
            statuses.add(workers.get(i).status(specs.get(i)));
        }
        return statuses;
    }
}
