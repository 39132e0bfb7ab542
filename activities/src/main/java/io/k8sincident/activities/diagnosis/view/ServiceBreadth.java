package io.k8sincident.activities.diagnosis.view;

import io.k8sincident.activities.evidence.Fields;
import io.k8sincident.activities.evidence.Resource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Service that selects the pods of two applications, one of which does not listen at its port.
 *
 * @param serving the workload that has the Service's port
 * @param other the one that has not
 * @param refused a client that is refused at times, if one says so
 */
public record ServiceBreadth(Resource serving, Resource other, Fact pod, Optional<Fact> refused) {

    /**
     * Two workloads behind one Service are often meant so (blue and green, a canary): then both run the same application. Here
     * they run other images, one declares the target port, and the other does not.
     */
    public static Optional<ServiceBreadth> of(ClusterView cluster, Resource service) {
        Map<Resource, PodView> examples = new LinkedHashMap<>();
        ServicePorts.selected(cluster, service).stream()
                .filter(PodView::ready)
                .forEach(pod -> examples.putIfAbsent(cluster.topOwner(pod.resource()), pod));
        List<String> targets = service.fields().list("spec", "ports").stream()
                .map(ServicePorts::target)
                .filter(ServicePorts::numeric)
                .toList();
        if (examples.size() < 2 || targets.isEmpty() || ServicePorts.headless(service)) {
            return Optional.empty();
        }
        return targets.stream()
                .map(target -> of(cluster, service, target, examples))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<ServiceBreadth> of(
            ClusterView cluster, Resource service, String target, Map<Resource, PodView> examples) {
        Optional<Map.Entry<Resource, PodView>> serving = examples.entrySet().stream()
                .filter(entry -> ServicePorts.declares(entry.getValue(), target))
                .findFirst();
        Optional<Map.Entry<Resource, PodView>> other = examples.entrySet().stream()
                .filter(entry -> !ServicePorts.declares(entry.getValue(), target))
                .filter(entry -> serving.isPresent()
                        && !images(entry.getValue()).equals(images(serving.get().getValue())))
                .findFirst();
        if (serving.isEmpty() || other.isEmpty()) {
            return Optional.empty();
        }
        ClientLogs clients = ClientLogs.of(cluster, service);
        PodView pod = other.get().getValue();
        return Optional.of(new ServiceBreadth(
                serving.get().getKey(),
                other.get().getKey(),
                Fact.field(
                        pod.resource(),
                        "spec.containers",
                        "pod " + pod.name() + " is behind the Service and has no port " + target),
                clients.fact()));
    }

    /** The images of a pod without their tags and digests. */
    private static List<String> images(PodView pod) {
        return pod.resource().fields().list("spec", "containers").stream()
                .map((Fields container) -> container.text("image"))
                .map(image -> {
                    String undigested = image.contains("@") ? image.substring(0, image.indexOf('@')) : image;
                    int tag = undigested.lastIndexOf(':');
                    return tag > undigested.lastIndexOf('/') ? undigested.substring(0, tag) : undigested;
                })
                .toList();
    }
}
