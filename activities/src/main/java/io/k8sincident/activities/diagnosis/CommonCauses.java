package io.k8sincident.activities.diagnosis;

import io.k8sincident.activities.diagnosis.rules.Finding;
import io.k8sincident.workflows.model.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts workloads that fail for the same object together: one incident for the object, with the workloads as affected. */
final class CommonCauses {
    private CommonCauses() {}

    /** The incidents in groups of one cause each; most groups have one member. */
    static List<List<Incident>> merged(List<Incident> incidents) {
        Map<Object, List<Incident>> groups = new LinkedHashMap<>();
        for (Incident incident : incidents) {
            groups.computeIfAbsent(key(incident), key -> new ArrayList<>()).add(incident);
        }
        return List.copyOf(groups.values());
    }

    private static Object key(Incident incident) {
        return incident.cause()
                .filter(finding -> finding.common().isPresent())
                .<Object>map(
                        finding -> new Key(finding.cause(), finding.common().orElseThrow()))
                .orElse(incident);
    }

    private record Key(String cause, Target object) {}

    /** The object that a group of more than one fails for. */
    static Target objectOf(List<Incident> group) {
        Finding first = group.get(0).cause().orElseThrow();
        return first.common().orElseThrow();
    }
}
