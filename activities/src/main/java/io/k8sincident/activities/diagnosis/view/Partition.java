package io.k8sincident.activities.diagnosis.view;

import io.k8sincident.activities.evidence.Fields;
import java.util.Optional;

/** A StatefulSet whose new template the partition of its rolling update keeps from all or some of its pods. */
final class Partition {
    private Partition() {}

    /** Nothing while pods beyond the partition are still being updated, or while somebody declared that it is meant. */
    static Optional<Trouble> trouble(WorkloadView workload) {
        Fields fields = workload.resource().fields();
        long partition = fields.number("spec", "updateStrategy", "rollingUpdate", "partition")
                .orElse(0);
        long first = fields.number("spec", "ordinals", "start").orElse(0);
        String wanted = fields.text("status", "updateRevision");
        boolean pending = !wanted.isEmpty() && !wanted.equals(fields.text("status", "currentRevision"));
        long beyond = Math.max(0, first + workload.replicas() - Math.max(partition, first));
        boolean observed =
                fields.number("status", "observedGeneration").equals(fields.number("metadata", "generation"));
        boolean asFarAsItGoes = fields.number("status", "updatedReplicas").orElse(0) >= beyond;
        return partition > first
                        && workload.replicas() > beyond
                        && pending
                        && observed
                        && asFarAsItGoes
                        && !DeclaredIntent.of(workload.resource())
                ? Optional.of(ObjectTroubles.trouble(
                        "",
                        Fact.field(
                                workload.resource(),
                                "spec.updateStrategy.rollingUpdate.partition",
                                "partition " + partition + " of " + workload.replicas() + " replicas: " + beyond
                                        + " may have the new template")))
                : Optional.empty();
    }
}
