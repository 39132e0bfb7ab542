package io.k8sincident.activities.diagnosis.view;

import io.k8sincident.activities.diagnosis.view.Trouble.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether a placed pod, no container of which has failed, still gets on. */
final class PodProgress {
    private static final Duration LONGEST_START = Duration.ofMinutes(10);
    /** What the kubelet says of a pod whose volumes and sandbox are ready. */
    private static final Set<String> PREPARED = Set.of("Pulling", "Pulled", "Created", "Started");

    private static final Set<String> PREPARING =
            Set.of("FailedMount", "FailedAttachVolume", "FailedMapVolume", "FailedCreatePodSandBox");

    private PodProgress() {}

    /** The trouble that keeps the pod from becoming ready; empty while nothing says that it will not. */
    static Optional<Trouble> of(PodView pod, boolean deadlineExceeded) {
        if (pod.ready()) {
            return Optional.empty();
        }
        boolean tooLong =
                deadlineExceeded || Troubles.ago(pod.cluster(), pod.created()).compareTo(LONGEST_START) > 0;
        return notPrepared(pod, tooLong).or(() -> initializing(pod, tooLong)).or(() -> notReady(pod, tooLong));
    }

    private static Optional<Trouble> notPrepared(PodView pod, boolean tooLong) {
        boolean nothingStarted = pod.containers().stream()
                .allMatch(container ->
                        container.waitsForStart() || !container.status().present());
        if (!nothingStarted) {
            return Optional.empty();
        }
        return pod.events().stream()
                .filter(event -> PREPARING.contains(event.reason()) && event.warning())
                .filter(event -> again(pod, event))
                .filter(event -> Troubles.ago(pod.cluster(), event.last()).compareTo(EventView.SPAM_FILTER) < 0)
                .filter(event -> !preparedSince(pod, event))
                .findFirst()
                .map(event -> trouble(Kind.NOT_PREPARED, pod, null, event.reason(), event.fact()))
                .or(() -> tooLong
                        ? Optional.of(trouble(
                                Kind.NOT_PREPARED,
                                pod,
                                null,
                                "ContainerCreating",
                                pod.conditionFact("ContainersReady")))
                        : Optional.empty());
    }

    /** Whether it was said more than once, in whatever words: a message may hold an id that is new each time. */
    private static boolean again(PodView pod, EventView event) {
        return pod.events().stream()
                        .filter(other -> other.is(event.reason()))
                        .mapToLong(EventView::count)
                        .sum()
                > 1;
    }

    private static boolean preparedSince(PodView pod, EventView failure) {
        Instant last = failure.last().orElse(Instant.MAX);
        return pod.events().stream()
                .filter(event -> PREPARED.contains(event.reason()))
                .anyMatch(event -> event.last().orElse(Instant.MIN).isAfter(last));
    }

    private static Optional<Trouble> initializing(PodView pod, boolean tooLong) {
        return pod.containers().stream()
                .filter(container -> container.role() == ContainerRole.INIT && container.running())
                .findFirst()
                .filter(container -> tooLong)
                .map(container -> trouble(
                        Kind.INITIALIZING, pod, container, "PodInitializing", pod.conditionFact("Initialized")));
    }

    private static Optional<Trouble> notReady(PodView pod, boolean tooLong) {
        List<ContainerView> unready = pod.containers().stream()
                .filter(container -> container.role() != ContainerRole.INIT)
                .filter(container -> container.running() && !container.ready())
                .toList();
        for (ContainerView container : unready) {
            Optional<EventView> failing = ReadinessProbe.failing(container, tooLong);
            if (failing.isPresent()) {
                return failing.map(event -> trouble(Kind.NOT_READY, pod, container, "Unhealthy", event.fact()));
            }
        }
        return tooLong && pod.phase().equals("Running") && !partlyDone(pod)
                ? Optional.of(trouble(
                        Kind.NOT_READY,
                        pod,
                        unready.isEmpty() ? null : unready.get(0),
                        pod.condition("Ready").map(c -> c.text("reason")).orElse(""),
                        pod.conditionFact("Ready")))
                : Optional.empty();
    }

    /** Whether a pod that runs to an end is not ready only for those of its containers that have succeeded already. */
    private static boolean partlyDone(PodView pod) {
        List<ContainerView> containers = pod.containers().stream()
                .filter(container -> container.role() != ContainerRole.INIT)
                .toList();
        return !pod.restartPolicy().equals("Always")
                && containers.stream().anyMatch(PodProgress::succeeded)
                && containers.stream().allMatch(container -> container.ready() || succeeded(container));
    }

    private static boolean succeeded(ContainerView container) {
        return container.endedNow()
                && container.ended().filter(end -> end.exitCode() == 0).isPresent();
    }

    private static Trouble trouble(
            Kind kind,
            PodView pod,
            @org.jspecify.annotations.Nullable ContainerView container,
            String symptom,
            Fact fact) {
        return new Trouble(kind, pod, container, symptom, fact, pod.created().orElse(null));
    }
}
