package io.k8sincident.activities.diagnosis.view;

import io.k8sincident.activities.evidence.Fields;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tells a readiness probe that fails from a container that is still starting. An answer that no start-up gives (404 and
 * the like), or a connection refused at a port that the container does not declare, counts once the failure threshold is
 * reached, a time-out at four times the threshold; anything else only when the container takes too long as well.
 */
final class ReadinessProbe {
    private static final Set<String> WRONG_REQUEST = Set.of("400", "401", "403", "404", "405", "410", "501");

    private ReadinessProbe() {}

    /** The newest event that the probe failed, if it fails and not just not yet succeeds. */
    static Optional<EventView> failing(ContainerView container, boolean tooLong) {
        Fields probe = container.spec().child("readinessProbe");
        long threshold = probe.number("failureThreshold").orElse(3);
        long period = probe.number("periodSeconds").orElse(10);
        Duration recently = Troubles.longer(Duration.ofSeconds(3 * period + 15), EventView.SPAM_FILTER);
        List<EventView> failures = container.events().stream()
                .filter(event -> event.says("Unhealthy", "Readiness probe "))
                .filter(event -> !event.last()
                        .orElse(Instant.MAX)
                        .isBefore(container.runningSince().orElse(Instant.MIN)))
                .toList();
        long count = failures.stream().mapToLong(EventView::count).sum();
        return failures.stream()
                .filter(event ->
                        Troubles.ago(container.pod().cluster(), event.last()).compareTo(recently) < 0)
                .filter(event -> count >= threshold)
                .filter(event -> tooLong || neverOfAStart(event, container, probe) || keepsTimingOut(event, threshold))
                .findFirst();
    }

    /** A server that is still starting refuses; one that accepts and is too slow, four times the threshold, stays so. */
    private static boolean keepsTimingOut(EventView event, long threshold) {
        String message = event.message();
        boolean timedOut = message.contains("timed out") || message.contains("deadline exceeded");
        return timedOut && !notReached(message) && event.count() >= 4 * threshold;
    }

    private static boolean neverOfAStart(EventView event, ContainerView container, Fields probe) {
        String message = event.message();
        int status = message.indexOf("statuscode: ");
        if (status >= 0) {
            String code = message.substring(status + "statuscode: ".length()).strip();
            return WRONG_REQUEST.contains(code);
        }
        return (message.contains("connection refused") || notReached(message)) && !declared(container, probe);
    }

    /** Whether a gRPC probe's client (kubelet 1.23 to 1.36) dialled until its time was over, as it does where it is refused. */
    private static boolean notReached(String message) {
        return message.contains("failed to connect service");
    }

    private static boolean declared(ContainerView container, Fields probe) {
        String port = probe.has("httpGet", "port")
                ? probe.text("httpGet", "port")
                : probe.has("tcpSocket", "port") ? probe.text("tcpSocket", "port") : probe.text("grpc", "port");
        return container.spec().list("ports").isEmpty()
                || container.spec().list("ports").stream()
                        .anyMatch(declared -> declared.text("containerPort").equals(port)
                                || declared.text("name").equals(port));
    }
}
