package io.k8sincident.activities.diagnosis.rules;

import io.k8sincident.activities.diagnosis.view.ContainerView;
import io.k8sincident.activities.diagnosis.view.Ending;
import io.k8sincident.activities.diagnosis.view.EventView;
import io.k8sincident.activities.diagnosis.view.Fact;
import io.k8sincident.activities.diagnosis.view.PodView;
import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import io.k8sincident.activities.evidence.Quantity;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A container gets so little CPU that its probes time out. The API says nothing of throttling: proof is a container of the
 * same image, command, environment and probes that is ready with a higher limit, or none; without one it is likely where
 * the limit is so small that hardly any program could answer in time.
 */
final class CpuThrottled implements Rule {
    private static final Set<Ending> KILLED = Set.of(Ending.LIVENESS_PROBE, Ending.STARTUP_PROBE);
    private static final List<String> PROBES = List.of("readinessProbe", "livenessProbe", "startupProbe");
    private static final double MUCH_MORE = 2;
    /** In each 100 ms a container with this limit, in cores, runs for 3 ms. */
    private static final double HARDLY_ANY = 0.03;

    /** In cores; with as much a program that does not answer in time has another reason. */
    private static final double PLENTY = 0.5;

    private static final List<String> WHAT_RUNS = List.of("image", "command", "args", "env", "envFrom");

    private static final int AGAIN = 3;

    @Override
    public Optional<Finding> examine(WorkloadView workload) {
        List<Trouble> troubles = Ends.sameContainer(workload.troubles(Trouble.Kind.ENDED, Trouble.Kind.NOT_READY)
                .filter(trouble -> trouble.container() != null)
                .filter(trouble ->
                        trouble.kind() == Trouble.Kind.NOT_READY || KILLED.contains(Ending.of(Ends.container(trouble))))
                .toList());
        if (troubles.isEmpty()) {
            return Optional.empty();
        }
        ContainerView container = Ends.container(troubles.get(0));
        if (!explains(workload, container)) {
            return Optional.empty();
        }
        Fact limit = container.specFact("resources.limits.cpu", "CPU limit " + limit(container));
        Finding.Draft draft = Finding.of("cpu-throttled", troubles)
                .culprit(Culprits.field(workload, container, "resources.limits.cpu", limit(container)))
                .claim(
                        "the probes of container " + container.name() + " time out",
                        slow(container)
                                .map(EventView::fact)
                                .orElse(troubles.get(0).fact()))
                .claim("its CPU limit is " + limit(container), limit);
        proof(workload, container)
                .ifPresentOrElse(
                        ready -> draft.claim("the same image and probes are ready with more", ready), draft::likely);
        return draft.not(
                        "app-exit",
                        "the process does not end by itself",
                        troubles.get(0).fact())
                .found();
    }

    /** Whether a lack of CPU explains that a probe of this container fails. */
    static boolean explains(WorkloadView workload, ContainerView container) {
        Optional<EventView> slow = slow(container);
        double limit = Quantity.of(limit(container)).orElse(Double.MAX_VALUE);
        boolean hardlyAny = limit <= HARDLY_ANY
                && slow.filter(event -> event.count() >= AGAIN).isPresent();
        return hardlyAny || proof(workload, container).isPresent();
    }

    /** The container that proves it, if there is one. */
    private static Optional<Fact> proof(WorkloadView workload, ContainerView container) {
        if (Quantity.of(limit(container)).orElse(Double.MAX_VALUE) >= PLENTY
                || slow(container).isEmpty()) {
            return Optional.empty();
        }
        return workload.cluster().all("Pod").stream()
                .filter(pod -> pod.namespace().equals(workload.namespace()))
                .map(pod -> new PodView(workload.cluster(), pod))
                .flatMap(pod -> pod.containers().stream())
                .filter(other -> other.ready() && alike(container, other) && hasMore(container, other))
                .map(other -> other.specFact(
                        "resources.limits.cpu",
                        "container " + other.name() + " of " + other.pod().name() + " is ready with CPU limit "
                                + (limit(other).isEmpty() ? "none" : limit(other))))
                .findFirst();
    }

    private static boolean alike(ContainerView one, ContainerView other) {
        boolean probed = PROBES.stream().anyMatch(probe -> other.spec().has(probe));
        return probed
                && WHAT_RUNS.stream().allMatch(field -> Changes.same(one.spec(), other.spec(), field))
                && PROBES.stream()
                        .flatMap(probe ->
                                List.of(probe + ".httpGet", probe + ".tcpSocket", probe + ".exec", probe + ".grpc")
                                        .stream())
                        .allMatch(handler -> Changes.same(one.spec(), other.spec(), handler));
    }

    private static boolean hasMore(ContainerView little, ContainerView other) {
        if (limit(other).isEmpty()) {
            return true;
        }
        double less = Quantity.of(limit(little)).orElse(Double.MAX_VALUE);
        return Quantity.of(limit(other)).orElse(0) >= MUCH_MORE * less;
    }

    /** The newest event that a probe got no answer in time. */
    private static Optional<EventView> slow(ContainerView container) {
        return container.events().stream()
                .filter(event -> event.is("Unhealthy") && !event.message().contains(Probes.NOT_REACHED))
                .filter(event -> event.message().contains("deadline exceeded")
                        || event.message().contains("timed out")
                        || event.message().contains("Timeout"))
                .findFirst();
    }

    private static String limit(ContainerView container) {
        return container.spec().text("resources", "limits", "cpu");
    }

    @Override
    public List<Cause> causes() {
        return List.of(new Cause(
                "cpu-throttled",
                Cause.Family.RESOURCES,
                "The CPU limit is so small that probes time out.",
                "Unhealthy events about time-outs (releases 1.16 to 1.36), a CPU limit below half a core, and a container of"
                        + " the same image, command, environment and probes in the namespace that is ready with at least"
                        + " twice as much, or without a limit; as likely, a limit of at most 30m and time-outs again and"
                        + " again.",
                "No such container, or a server that a gRPC probe does not reach: then it is a probe that fails"
                        + " (readiness-probe-failing, liveness-probe-kill)."));
    }
}
