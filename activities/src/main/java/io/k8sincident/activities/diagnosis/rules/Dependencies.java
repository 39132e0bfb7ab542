package io.k8sincident.activities.diagnosis.rules;

import io.k8sincident.activities.diagnosis.view.ClusterView;
import io.k8sincident.activities.evidence.Resource;
import java.util.Comparator;
import java.util.Optional;

/** The Service that a text of a workload names, whether it exists or not. */
final class Dependencies {
    private Dependencies() {}

    /** The Service of the namespace that the text names as a host, or whose address it names. */
    static Optional<Resource> service(ClusterView cluster, String namespace, String text) {
        return cluster.all("Service").stream()
                .filter(service -> service.namespace().equals(namespace))
                .filter(service -> Hosts.named(text, service.name())
                        || Hosts.named(text, service.fields().text("spec", "clusterIP")))
                .max(Comparator.comparingInt(
                                (Resource service) -> service.name().length())
                        .thenComparing(Resource::name));
    }

    /** The name of the Service that a host name would be, if it is known not to exist. */
    static Optional<String> missing(ClusterView cluster, String namespace, String host) {
        return Hosts.serviceName(host, namespace).filter(name -> cluster.absent("Service", namespace, name));
    }

    /** Whether an EndpointSlice of the Service has an endpoint that is ready. */
    static boolean hasReadyEndpoint(ClusterView cluster, Resource service) {
        return cluster.all("EndpointSlice").stream()
                .filter(slice -> slice.namespace().equals(service.namespace()))
                .filter(slice -> slice.label("kubernetes.io/service-name").equals(service.name()))
                .flatMap(slice -> slice.fields().list("endpoints").stream())
                .anyMatch(endpoint -> !endpoint.text("conditions", "ready").equals("false"));
    }
}
