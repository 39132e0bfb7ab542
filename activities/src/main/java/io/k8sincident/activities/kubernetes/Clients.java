package io.k8sincident.activities.kubernetes;

import io.k8sincident.activities.evidence.Fields;
import io.k8sincident.activities.evidence.Resource;
import io.k8sincident.activities.evidence.ServiceSelector;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Whose logs may tell that a Service does not answer although its pods are well: where a Service seems to send to nothing,
 * one running pod of each other workload of its namespace.
 */
final class Clients {
    private static final int MOST = 6;

    private Clients() {}

    static List<LogRequest> logs(List<Resource> services, List<Resource> pods) {
        List<Resource> doubted = services.stream()
                .filter(service -> sendsElsewhere(service, pods))
                .toList();
        Map<String, LogRequest> byOwner = new TreeMap<>();
        for (Resource pod : pods) {
            boolean running = pod.fields().text("status", "phase").equals("Running");
            if (running && doubted.stream().anyMatch(service -> mayUse(pod, service))) {
                String owner = pod.controller().map(one -> one.text("uid")).orElse(pod.name());
                pod.fields().list("spec", "containers").stream()
                        .limit(1)
                        .forEach(container -> byOwner.putIfAbsent(
                                pod.namespace() + "/" + owner,
                                new LogRequest(pod.namespace(), pod.name(), container.text("name"), false, false)));
            }
        }
        return byOwner.values().stream().limit(MOST).toList();
    }

    private static boolean mayUse(Resource pod, Resource service) {
        return pod.namespace().equals(service.namespace()) && !ServiceSelector.selects(service, pod);
    }

    /** Out of the cluster, or to a port that its pods, which declare others, do not declare. */
    private static boolean sendsElsewhere(Resource service, List<Resource> pods) {
        if (service.fields().text("spec", "type").equals("ExternalName")) {
            return true;
        }
        List<Resource> selected = pods.stream()
                .filter(pod -> pod.namespace().equals(service.namespace()) && ServiceSelector.selects(service, pod))
                .toList();
        return !selected.isEmpty()
                && selected.stream().allMatch(pod -> ports(pod).findAny().isPresent())
                && service.fields().list("spec", "ports").stream()
                        .map(port -> port.has("targetPort") ? port.text("targetPort") : port.text("port"))
                        .anyMatch(target -> selected.stream()
                                .flatMap(Clients::ports)
                                .noneMatch((Fields port) ->
                                        port.text("containerPort").equals(target)
                                                || port.text("name").equals(target)));
    }

    private static Stream<Fields> ports(Resource pod) {
        return pod.fields().list("spec", "containers").stream().flatMap(container -> container.list("ports").stream());
    }
}
