package io.k8sincident.activities.diagnosis.view;

import io.k8sincident.activities.evidence.Fields;
import java.time.Duration;

/** Tells a volume that is being made from one that never will be. */
final class ClaimProgress {
    private static final Duration USUAL = Duration.ofSeconds(30);

    private ClaimProgress() {}

    /** Whether a pod waits only for claims that are young and of which nothing bad is said. */
    static boolean underWay(PodView pod, Fields scheduled) {
        if (!scheduled.text("message").contains("unbound immediate PersistentVolumeClaims")) {
            return false;
        }
        ClusterView cluster = pod.cluster();
        boolean refused = pod.resource().fields().list("spec", "volumes").stream()
                .map(volume -> volume.text("persistentVolumeClaim", "claimName"))
                .filter(name -> !name.isEmpty())
                .flatMap(name ->
                        cluster.find("PersistentVolumeClaim", pod.resource().namespace(), name).stream())
                .flatMap(claim -> cluster.events(claim).stream())
                .anyMatch(EventView::warning);
        return !refused && Troubles.ago(cluster, pod.created()).compareTo(USUAL) < 0;
    }
}
