package io.k8sincident.activities.investigation;

import io.k8sincident.activities.evidence.ClusterException;
import io.k8sincident.activities.evidence.Gap;
import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.workflows.model.Confidence;
import io.k8sincident.workflows.model.Diagnosis;
import io.k8sincident.workflows.model.Missing;
import io.k8sincident.workflows.model.Target;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** When it must not be said that nothing is wrong: what would tell could not be read. */
final class Abstention {
    /** Without these a failing workload looks like a healthy one. Logs and events only explain. */
    private static final Set<String> DECISIVE =
            Set.of("Pod", "ReplicaSet", "Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob", "Node", "Service");

    private Abstention() {}

    /** The snapshot of a target that may not be read. */
    static Snapshot nothingReadable(Target target, Instant now, ClusterException refused) {
        String namespace = target.namespace() == null ? "" : " -n " + target.namespace();
        Gap gap = new Gap(
                target.kind(),
                target.path(),
                String.valueOf(refused.getMessage()),
                "kubectl auth can-i get " + target.typed() + namespace);
        return new Snapshot(target.path(), now, List.of(), List.of(), List.of(gap));
    }

    /** The diagnosis if there is one; without one an abstention if something decisive is missing. */
    static Optional<Diagnosis> where(Snapshot snapshot, Target target, Optional<Diagnosis> found) {
        List<Gap> decisive = snapshot.gaps().stream()
                .filter(gap -> DECISIVE.contains(gap.kind()) || gap.kind().equals(target.kind()))
                .toList();
        return found.isPresent() || decisive.isEmpty() ? found : Optional.of(abstained(snapshot, target, decisive));
    }

    private static Diagnosis abstained(Snapshot snapshot, Target target, List<Gap> missing) {
        return new Diagnosis(
                snapshot.source(),
                target,
                "",
                null,
                null,
                null,
                Confidence.NONE,
                true,
                List.of(),
                missing.stream()
                        .map(gap -> new Missing(gap.what() + " (" + gap.why() + ")", gap.command()))
                        .toList(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }
}
