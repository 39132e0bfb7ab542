package io.k8sincident.activities.diagnosis.rules;

import io.k8sincident.activities.diagnosis.view.ClusterView;
import io.k8sincident.activities.evidence.Quantity;
import io.k8sincident.activities.evidence.Resource;
import java.util.Optional;

/** The volumes that a claim could be bound to. */
final class ClaimVolumes {
    private ClaimVolumes() {}

    /** Whether there is any volume of the class that the claim names. */
    static boolean ofItsClass(ClusterView cluster, Resource claim) {
        return cluster.all("PersistentVolume").stream().anyMatch(volume -> sameClass(volume, claim));
    }

    /** A free volume of its class, large enough, that lacks an access mode which the claim wants. */
    static Optional<Resource> fittingButForModes(ClusterView cluster, Resource claim) {
        return cluster.all("PersistentVolume").stream()
                .filter(volume -> sameClass(volume, claim) && free(volume) && large(volume, claim))
                .filter(volume -> !volume.fields()
                        .texts("spec", "accessModes")
                        .containsAll(claim.fields().texts("spec", "accessModes")))
                .findFirst();
    }

    private static boolean sameClass(Resource volume, Resource claim) {
        return claim.fields().has("spec", "storageClassName")
                && volume.fields()
                        .text("spec", "storageClassName")
                        .equals(claim.fields().text("spec", "storageClassName"));
    }

    private static boolean free(Resource volume) {
        return volume.fields().text("status", "phase").equals("Available");
    }

    private static boolean large(Resource volume, Resource claim) {
        double capacity =
                Quantity.of(volume.fields().text("spec", "capacity", "storage")).orElse(0);
        double wanted = Quantity.of(claim.fields().text("spec", "resources", "requests", "storage"))
                .orElse(Double.MAX_VALUE);
        return capacity >= wanted;
    }
}
