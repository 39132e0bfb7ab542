package io.k8sincident.activities.diagnosis.rules;

import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import io.k8sincident.workflows.model.Culprit;
import java.util.List;
import java.util.Optional;

/** A pod whose containers have all ended is kept by a finalizer, beyond its grace. */
final class FinalizerDeadlock implements Rule {
    @Override
    public Optional<Finding> examine(WorkloadView workload) {
        List<Trouble> troubles = workload.troubles(Trouble.Kind.NOT_TERMINATED).toList();
        if (troubles.isEmpty()) {
            return Optional.empty();
        }
        var pod = Scheduling.pod(troubles.get(0)).resource();
        String finalizers = String.join(", ", pod.fields().texts("metadata", "finalizers"));
        return Finding.of("finalizer-deadlock", troubles)
                .culprit(new Culprit("Pod", pod.name(), null, "metadata.finalizers", finalizers))
                .claim(
                        "the pod was to go, its containers have ended, and a finalizer keeps it",
                        troubles.get(0).fact())
                .found();
    }
}
