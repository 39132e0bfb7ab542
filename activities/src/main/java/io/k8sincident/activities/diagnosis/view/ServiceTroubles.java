package io.k8sincident.activities.diagnosis.view;

import io.k8sincident.activities.diagnosis.view.Trouble.Kind;
import io.k8sincident.activities.evidence.Fields;
import io.k8sincident.activities.evidence.Resource;
import java.util.List;
import java.util.Optional;

/**
 * A Service at whose port its pods do not listen, one that selects pods of another application as well, or one that selects nothing although there are pods that it seems to be meant for, or of which nobody may know. A
 * Service without a selector, one whose workload is scaled to zero, and one that waits for its workload are well.
 */
final class ServiceTroubles {
    private ServiceTroubles() {}

    static Optional<Trouble> of(ClusterView cluster, Resource service) {
        if (service.fields().has("metadata", "deletionTimestamp")) {
            return Optional.empty();
        }
        if (service.fields().text("spec", "type").equals("ExternalName")) {
            return ClientLogs.unresolved(cluster, service).map(fact -> ObjectTroubles.trouble("", fact));
        }
        return ServicePorts.mismatch(cluster, service)
                .map(ServicePorts::fact)
                .or(() -> ServiceBreadth.of(cluster, service).map(ServiceBreadth::pod))
                .map(fact -> ObjectTroubles.trouble("", fact))
                .or(() -> selectsNothing(cluster, service));
    }

    private static Optional<Trouble> selectsNothing(ClusterView cluster, Resource service) {
        boolean selects = !service.fields().names("spec", "selector").isEmpty()
                && !service.fields().text("spec", "type").equals("ExternalName");
        if (!selects || hasEndpoints(cluster, service) || meantForAnother(cluster, service)) {
            return Optional.empty();
        }
        if (!cluster.snapshot().complete("Pod")) {
            return Optional.of(trouble(service, "no endpoints, and pods could not be read"));
        }
        return ServiceMatch.candidate(cluster, service)
                .map(pod -> trouble(service, "its selector fits no pod; pod " + pod.name() + " is in no Service"));
    }

    private static boolean hasEndpoints(ClusterView cluster, Resource service) {
        List<Resource> slices = ServiceMatch.slices(cluster, service);
        return slices.isEmpty()
                || slices.stream()
                        .anyMatch(slice -> !slice.fields().list("endpoints").isEmpty());
    }

    /** Whether a workload, scaled to zero or not ready yet, has the labels that the Service looks for. */
    private static boolean meantForAnother(ClusterView cluster, Resource service) {
        return List.of("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet").stream()
                .flatMap(kind -> cluster.all(kind).stream())
                .filter(workload -> workload.namespace().equals(service.namespace()))
                .map(workload -> workload.fields().child("spec", "template", "metadata", "labels"))
                .anyMatch((Fields labels) -> Services.selects(service, labels));
    }

    private static Trouble trouble(Resource service, String summary) {
        return new Trouble(
                Kind.OBJECT,
                null,
                null,
                "",
                Fact.field(service, "spec.selector", summary),
                service.fields().time("metadata", "creationTimestamp").orElse(null));
    }
}
