package io.k8sincident.activities.diagnosis.rules;

import io.k8sincident.activities.diagnosis.rules.Cause.Family;
import io.k8sincident.activities.diagnosis.view.ClaimTroubles;
import io.k8sincident.activities.diagnosis.view.Fact;
import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import io.k8sincident.activities.evidence.Resource;
import java.util.List;
import java.util.Optional;

/** A claim was enlarged, and nothing resizes its volume. */
final class ResizePending implements Rule {
    @Override
    public Optional<Finding> examine(WorkloadView workload) {
        List<Trouble> troubles = workload.troubles(Trouble.Kind.OBJECT).toList();
        Resource claim = workload.resource();
        if (!workload.kind().equals("PersistentVolumeClaim")
                || troubles.isEmpty()
                || ClaimTroubles.resize(workload.cluster(), claim).isEmpty()) {
            return Optional.empty();
        }
        String wanted = claim.fields().text("spec", "resources", "requests", "storage");
        String capacity = claim.fields().text("status", "capacity", "storage");
        return Finding.of("pvc-resize-pending", troubles)
                .culprit(Culprits.template(workload, "spec.resources.requests.storage", wanted))
                .claim(
                        "the claim wants " + wanted + " and has " + capacity,
                        Fact.field(claim, "status.capacity.storage", "capacity " + capacity))
                .claim("its volume is not resized", troubles.get(0).fact())
                .not("pvc-no-matching-pv", "the claim is bound", Fact.field(claim, "status.phase", "Bound"))
                .found();
    }

    @Override
    public List<Cause> causes() {
        return List.of(new Cause(
                "pvc-resize-pending",
                Family.STORAGE,
                "A claim was enlarged, and nothing resizes its volume.",
                "the claim's capacity is below its request, with a VolumeResizeFailed event, or an ExternalExpanding event"
                        + " that has had no effect",
                "a resize that was asked for just now, or that waits for its pod (FileSystemResizePending)"));
    }
}
