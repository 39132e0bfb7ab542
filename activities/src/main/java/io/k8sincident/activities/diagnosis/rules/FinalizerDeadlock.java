package io.k8sincident.activities.diagnosis.rules;

import io.k8sincident.activities.diagnosis.rules.Cause.Family;
import io.k8sincident.activities.diagnosis.view.PodView;
import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import io.k8sincident.activities.evidence.Resource;
import java.util.List;
import java.util.Optional;

/** An object that was to go is kept by a finalizer: a pod whose containers have all ended, or any other beyond a minute. */
final class FinalizerDeadlock implements Rule {
    @Override
    public Optional<Finding> examine(WorkloadView workload) {
        List<Trouble> troubles = workload.troubles(Trouble.Kind.NOT_TERMINATED).toList();
        if (troubles.isEmpty()) {
            return Optional.empty();
        }
        PodView pod = troubles.get(0).pod();
        Resource kept = pod == null ? workload.resource() : pod.resource();
        boolean namespace = kept.kind().equals("Namespace");
        String finalizers = namespace
                ? troubles.get(0).fact().summary()
                : String.join(", ", kept.fields().texts("metadata", "finalizers"));
        return Finding.of("finalizer-deadlock", troubles)
                .culprit(Culprits.object(
                        kept.kind(), kept.name(), namespace ? "status.conditions" : "metadata.finalizers", finalizers))
                .claim(
                        pod == null
                                ? "it was to go, and a finalizer keeps it"
                                : "the pod was to go, its containers have ended, and a finalizer keeps it",
                        troubles.get(0).fact())
                .found();
    }

    @Override
    public List<Cause> causes() {
        return List.of(new Cause(
                "finalizer-deadlock",
                Family.DISRUPTION,
                "An object that was to go is kept by a finalizer that nobody removes.",
                "metadata.deletionTimestamp is over, finalizers are left, and the containers of a pod have ended; of a"
                        + " namespace its NamespaceFinalizersRemaining condition (since 1.16)",
                "a pod within its grace or with running containers; the control plane's own finalizers, such as that of a"
                        + " claim in use"));
    }
}
