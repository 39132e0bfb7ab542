package io.k8sincident.activities.diagnosis.view;

import io.k8sincident.activities.diagnosis.view.Trouble.Kind;
import io.k8sincident.activities.evidence.Fields;
import io.k8sincident.activities.evidence.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Pods that lost their node, were taken from it, or do not go. */
final class NodeTroubles {
    private static final Duration FINALIZERS_TAKE = Duration.ofSeconds(30);

    private NodeTroubles() {}

    /** The pod's node does not answer, whether the pod was asked to go since or not. */
    static Optional<Trouble> lost(PodView pod) {
        String name = pod.resource().fields().text("spec", "nodeName");
        if (pod.finished() || name.isEmpty()) {
            return Optional.empty();
        }
        return pod.cluster()
                .find("Node", "", name)
                .flatMap(node -> notReady(node)
                        .map(condition -> new Trouble(
                                Kind.NODE_LOST,
                                pod,
                                null,
                                condition.text("reason"),
                                new Fact(
                                        node.kindName() + " status.conditions[type=Ready]",
                                        "node " + name + " is not ready: " + condition.text("reason") + ": "
                                                + Message.of(condition, "message"),
                                        condition.toString()),
                                condition.time("lastTransitionTime").orElse(null))));
    }

    private static Optional<Fields> notReady(Resource node) {
        return node.fields().list("status", "conditions").stream()
                .filter(condition -> condition.text("type").equals("Ready"))
                .filter(condition -> List.of("False", "Unknown").contains(condition.text("status")))
                .findFirst();
    }

    /** All its containers have ended and its grace is over, but a finalizer keeps it. */
    static Optional<Trouble> kept(PodView pod) {
        Optional<Instant> gone = pod.resource().fields().time("metadata", "deletionTimestamp");
        boolean ended = pod.containers().stream().allMatch(ContainerView::endedNow);
        boolean finalizers =
                !pod.resource().fields().list("metadata", "finalizers").isEmpty();
        return gone.isPresent()
                        && finalizers
                        && ended
                        && Troubles.ago(pod.cluster(), gone).compareTo(FINALIZERS_TAKE) > 0
                ? Optional.of(new Trouble(
                        Kind.NOT_TERMINATED,
                        pod,
                        null,
                        "Terminating",
                        Fact.field(
                                pod.resource(),
                                "metadata.finalizers",
                                "pod " + pod.name() + " is kept by "
                                        + pod.resource().fields().texts("metadata", "finalizers")),
                        gone.get()))
                : Optional.empty();
    }

    /** The newest eviction, unless what runs now has run longer since than the evicted pod did. */
    static Optional<Trouble> evicted(WorkloadView workload) {
        return workload.pods().stream()
                .filter(pod -> pod.phase().equals("Failed")
                        && pod.resource().fields().text("status", "reason").equals("Evicted"))
                .max(Comparator.comparing((PodView pod) -> pod.created().orElse(Instant.EPOCH))
                        .thenComparing(PodView::name))
                .filter(pod -> !outlived(workload, pod))
                .map(pod -> new Trouble(
                        Kind.EVICTED,
                        pod,
                        null,
                        "Evicted",
                        Fact.field(
                                pod.resource(),
                                "status.message",
                                "Evicted: " + Message.of(pod.resource().fields(), "status", "message")),
                        end(pod).orElse(null)));
    }

    private static boolean outlived(WorkloadView workload, PodView evicted) {
        Optional<Instant> end = end(evicted);
        if (end.isEmpty()) {
            return workload.pods().stream().anyMatch(PodView::ready);
        }
        Duration lived = Duration.between(evicted.created().orElse(end.get()), end.get());
        return workload.pods().stream().anyMatch(PodView::ready)
                && Troubles.ago(workload.cluster(), end).compareTo(lived) > 0;
    }

    private static Optional<Instant> end(PodView pod) {
        return pod.event("Evicted")
                .flatMap(EventView::last)
                .or(() -> pod.containers().stream()
                        .map(ContainerView::ended)
                        .flatMap(Optional::stream)
                        .map(Termination::finished)
                        .flatMap(Optional::stream)
                        .max(Comparator.naturalOrder()));
    }
}
