package io.k8sincident.activities.diagnosis;

import io.k8sincident.activities.diagnosis.rules.Finding;
import io.k8sincident.activities.diagnosis.view.Services;
import io.k8sincident.activities.evidence.Resource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Puts a workload that fails since a Service does not answer under the workload behind that Service, if that one is in
 * trouble of its own: it is a consequence there, not an incident. Chains are followed to their end; workloads that wait for
 * each other in a circle remain incidents.
 */
final class Cascades {
    private Cascades() {}

    /** The incidents at a root, each with {@code Kind/name} of what fails only because of it. */
    static Map<Incident, List<String>> roots(List<Incident> incidents) {
        Map<Incident, Set<String>> consequences = new LinkedHashMap<>();
        incidents.forEach(incident -> {
            if (root(incident, incidents).equals(incident)) {
                consequences.put(incident, new LinkedHashSet<>());
            }
        });
        for (Incident incident : incidents) {
            Set<String> ofRoot = consequences.get(root(incident, incidents));
            if (ofRoot != null && !consequences.containsKey(incident)) {
                dependency(incident).map(Resource::kindName).ifPresent(ofRoot::add);
                ofRoot.add(incident.workload().resource().kindName());
                Services.of(incident.workload()).forEach(service -> ofRoot.add(service.kindName()));
            }
        }
        Map<Incident, List<String>> roots = new LinkedHashMap<>();
        consequences.forEach((incident, names) -> roots.put(incident, new ArrayList<>(names)));
        return roots;
    }

    private static Incident root(Incident incident, List<Incident> incidents) {
        Set<Incident> seen = new HashSet<>();
        Incident at = incident;
        while (seen.add(at)) {
            Optional<Incident> behind = behind(at, incidents);
            if (behind.isEmpty()) {
                return at;
            }
            at = behind.get();
        }
        return incident;
    }

    private static Optional<Incident> behind(Incident incident, List<Incident> incidents) {
        return dependency(incident)
                .flatMap(service -> incidents.stream()
                        .filter(other -> !other.equals(incident)
                                && (Services.selects(service, other.workload())
                                        || service.equals(other.workload().resource())))
                        .findFirst());
    }

    private static Optional<Resource> dependency(Incident incident) {
        return incident.cause().flatMap(Finding::dependency);
    }
}
