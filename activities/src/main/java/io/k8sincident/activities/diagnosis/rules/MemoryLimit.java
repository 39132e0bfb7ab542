package io.k8sincident.activities.diagnosis.rules;

import io.k8sincident.activities.diagnosis.view.ContainerView;
import io.k8sincident.activities.diagnosis.view.Fact;
import io.k8sincident.activities.diagnosis.view.PodView;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import io.k8sincident.activities.evidence.Quantity;
import io.k8sincident.workflows.model.Culprit;
import java.util.Comparator;
import java.util.Optional;

/** The memory limit that a container runs under: its own, or that of its pod (pod-level resources, since release 1.32). */
record MemoryLimit(Culprit culprit, String value, Fact fact) {
    private static final String FIELD = "resources.limits.memory";

    static Optional<MemoryLimit> of(WorkloadView workload, ContainerView container) {
        String own = container.spec().text("resources", "limits", "memory");
        if (!own.isEmpty()) {
            return Optional.of(new MemoryLimit(
                    Culprits.field(workload, container, FIELD, own),
                    own,
                    container.specFact(FIELD, "memory limit " + own)));
        }
        return ofPod(workload, container.pod());
    }

    /** That of the pod, or the smallest of its containers. */
    static Optional<MemoryLimit> smallest(WorkloadView workload, PodView pod) {
        return ofPod(workload, pod)
                .or(() -> pod.containers().stream()
                        .filter(container -> container.spec().has("resources", "limits", "memory"))
                        .min(Comparator.comparingDouble(
                                container -> Quantity.of(container.spec().text("resources", "limits", "memory"))
                                        .orElse(Double.MAX_VALUE)))
                        .flatMap(container -> of(workload, container)));
    }

    private static Optional<MemoryLimit> ofPod(WorkloadView workload, PodView pod) {
        String limit = pod.resource().fields().text("spec", "resources", "limits", "memory");
        return limit.isEmpty()
                ? Optional.empty()
                : Optional.of(new MemoryLimit(
                        Culprits.template(workload, "spec." + FIELD, limit),
                        limit,
                        Fact.field(pod.resource(), "spec." + FIELD, "memory limit of the pod " + limit)));
    }
}
