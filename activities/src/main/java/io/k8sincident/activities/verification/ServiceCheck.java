package io.k8sincident.activities.verification;

import io.k8sincident.activities.evidence.Resource;
import io.k8sincident.activities.evidence.ServiceSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Each Service that selects the repaired pods must have one of them among its ready endpoints. */
final class ServiceCheck {
    private static final String SERVICE_LABEL = "kubernetes.io/service-name";

    private ServiceCheck() {}

    /** Checks them, and returns the names of those that select the pods. */
    static List<String> check(List<Resource> pods, List<Resource> services, List<Resource> slices) {
        Set<String> uids = pods.stream().map(Resource::uid).collect(Collectors.toSet());
        List<String> checked = new ArrayList<>();
        for (Resource service : services) {
            if (pods.stream().anyMatch(pod -> ServiceSelector.selects(service, pod))) {
                boolean ready = slices.stream()
                        .filter(slice -> slice.label(SERVICE_LABEL).equals(service.name()))
                        .flatMap(slice -> slice.fields().list("endpoints").stream())
                        .anyMatch(endpoint -> endpoint.flag("conditions", "ready")
                                && uids.contains(endpoint.text("targetRef", "uid")));
                if (!ready) {
                    throw new WaitingException("Service/" + service.name() + " has no ready endpoint of these pods");
                }
                checked.add(service.name());
            }
        }
        return checked;
    }
}
