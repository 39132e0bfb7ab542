package io.k8sincident.activities.diagnosis.rules;

import io.k8sincident.activities.diagnosis.view.ContainerView;
import io.k8sincident.activities.diagnosis.view.Ending;
import io.k8sincident.activities.diagnosis.view.Fact;
import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import java.util.List;
import java.util.Set;

/** The troubles of containers that ended, by how they ended, and the facts that rules about them share. */
final class Ends {
    private Ends() {}

    /** The troubles of the first container, in order, that ended in one of these ways, on all its pods. */
    static List<Trouble> of(WorkloadView workload, Set<Ending> endings) {
        List<Trouble> matching = workload.troubles(Trouble.Kind.ENDED, Trouble.Kind.NOT_STARTED)
                .filter(trouble -> endings.contains(Ending.of(container(trouble))))
                .toList();
        return sameContainer(matching);
    }

    /** Those of the troubles that are of the same container, by name, as the first one. */
    static List<Trouble> sameContainer(List<Trouble> troubles) {
        if (troubles.isEmpty()) {
            return List.of();
        }
        String name = container(troubles.get(0)).name();
        return troubles.stream()
                .filter(trouble -> container(trouble).name().equals(name))
                .toList();
    }

    /** The container of a trouble that has one. */
    static ContainerView container(Trouble trouble) {
        ContainerView container = trouble.container();
        if (container == null) {
            throw new IllegalArgumentException("a trouble of the whole pod: " + trouble.kind());
        }
        return container;
    }

    /** The fact of how the container ended; the trouble's own where the status lacks it. */
    static Fact end(Trouble trouble) {
        return container(trouble).endFact().orElse(trouble.fact());
    }
}
