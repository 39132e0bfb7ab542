package io.k8sincident.activities.diagnosis.view;

import io.k8sincident.activities.diagnosis.view.Trouble.Kind;
import io.k8sincident.activities.evidence.Resource;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** A claim that nothing binds although no pod waits for it yet, that lost its volume, or that nothing resizes. */
public final class ClaimTroubles {
    private static final Duration RESIZE_TAKES = Duration.ofSeconds(45);
    private static final Set<String> FAILED = Set.of("VolumeResizeFailed", "ExternalExpandingFailed");

    private ClaimTroubles() {}

    static Optional<Trouble> of(ClusterView cluster, Resource claim) {
        if (claim.fields().has("metadata", "deletionTimestamp")) {
            return Optional.empty();
        }
        return switch (claim.fields().text("status", "phase")) {
            case "Bound" -> resize(cluster, claim).map(ClaimTroubles::trouble);
            case "Pending", "Lost" ->
                used(cluster, claim)
                        ? Optional.empty()
                        : cluster.events(claim).stream()
                                .filter(EventView::warning)
                                .findFirst()
                                .map(ClaimTroubles::trouble);
            default -> Optional.empty();
        };
    }

    /** The event that tells why a claim is still smaller than it should be. */
    public static Optional<EventView> resize(ClusterView cluster, Resource claim) {
        String wanted = claim.fields().text("spec", "resources", "requests", "storage");
        String capacity = claim.fields().text("status", "capacity", "storage");
        boolean waitsForItsPod = claim.fields().list("status", "conditions").stream()
                .anyMatch(condition -> condition.text("type").equals("FileSystemResizePending")
                        && condition.text("status").equals("True"));
        if (wanted.isEmpty() || capacity.isEmpty() || wanted.equals(capacity) || waitsForItsPod) {
            return Optional.empty();
        }
        return cluster.events(claim).stream()
                .filter(event -> FAILED.contains(event.reason())
                        || (event.is("ExternalExpanding")
                                && Troubles.ago(cluster, event.first()).compareTo(RESIZE_TAKES) > 0))
                .findFirst();
    }

    private static boolean used(ClusterView cluster, Resource claim) {
        return !cluster.snapshot().complete("Pod")
                || claim.controller().isPresent()
                || cluster.all("Pod").stream()
                        .filter(pod -> pod.namespace().equals(claim.namespace()))
                        .flatMap(pod -> pod.fields().list("spec", "volumes").stream())
                        .anyMatch(volume -> volume.text("persistentVolumeClaim", "claimName")
                                .equals(claim.name()));
    }

    private static Trouble trouble(EventView event) {
        return new Trouble(
                Kind.OBJECT,
                null,
                null,
                event.reason(),
                event.fact(),
                event.first().orElse(null));
    }
}
