package io.k8sincident.activities.diagnosis.view;

import io.k8sincident.activities.evidence.Fields;
import io.k8sincident.activities.evidence.Resource;
import java.util.List;
import java.util.Optional;

/** Which pods a Service seems to be meant for when it selects none. */
public final class ServiceMatch {
    private static final String SERVICE_NAME = "kubernetes.io/service-name";

    private ServiceMatch() {}

    /** The EndpointSlices of a Service. */
    static List<Resource> slices(ClusterView cluster, Resource service) {
        return cluster.all("EndpointSlice").stream()
                .filter(slice -> slice.namespace().equals(service.namespace())
                        && slice.label(SERVICE_NAME).equals(service.name()))
                .toList();
    }

    /**
     * A running pod that no Service selects, that declares the Service's target port, and whose labels hold a key or a
     * value of the Service's selector; empty if pods of more than one workload are like that.
     */
    public static Optional<Resource> candidate(ClusterView cluster, Resource service) {
        List<Resource> services = cluster.all("Service").stream()
                .filter(other -> other.namespace().equals(service.namespace()))
                .toList();
        List<Resource> candidates = cluster.all("Pod").stream()
                .filter(pod -> pod.namespace().equals(service.namespace()))
                .filter(pod -> pod.fields().text("status", "phase").equals("Running"))
                .filter(pod -> resembles(service, labels(pod)) && declaresPort(pod, service))
                .filter(pod -> services.stream().noneMatch(other -> Services.selects(other, labels(pod))))
                .toList();
        long workloads = candidates.stream()
                .map(pod -> cluster.topOwner(pod).kindName())
                .distinct()
                .count();
        return workloads == 1 ? candidates.stream().findFirst() : Optional.empty();
    }

    private static Fields labels(Resource pod) {
        return pod.fields().child("metadata", "labels");
    }

    private static boolean resembles(Resource service, Fields labels) {
        Fields selector = service.fields().child("spec", "selector");
        return selector.names().stream()
                .anyMatch(key -> labels.has(key)
                        || labels.names().stream()
                                .anyMatch(other -> labels.text(other).equals(selector.text(key))));
    }

    private static boolean declaresPort(Resource pod, Resource service) {
        return service.fields().list("spec", "ports").stream()
                .map(port -> port.has("targetPort") ? port.text("targetPort") : port.text("port"))
                .allMatch(target -> pod.fields().list("spec", "containers").stream()
                        .flatMap(container -> container.list("ports").stream())
                        .anyMatch(port -> port.text("name").equals(target)
                                || port.text("containerPort").equals(target)));
    }
}
