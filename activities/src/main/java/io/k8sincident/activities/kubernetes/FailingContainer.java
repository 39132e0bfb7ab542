package io.k8sincident.activities.kubernetes;

import io.k8sincident.activities.evidence.Fields;
import io.k8sincident.activities.evidence.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A container whose log may tell why it fails.
 *
 * @param urgency the smaller, the more its log matters
 */
record FailingContainer(Resource pod, Fields status, int urgency) {
    private static final int CRASHED = 0;
    private static final int RESTARTED = 1;
    private static final int NOT_READY = 2;
    private static final int RESTARTED_BEFORE = 3;
    private static final int GOING = 4;
    private static final Duration RECENT = Duration.ofHours(1);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Those of these pods, the most telling first, and of equals the newest. */
    static List<FailingContainer> among(List<Resource> pods, Instant now) {
        return pods.stream()
                .filter(pod -> !pod.fields().text("status", "phase").equals("Succeeded"))
                .flatMap(pod -> of(pod, now))
                .sorted(Comparator.<FailingContainer>comparingInt(failing -> failing.urgency())
                        .thenComparing(failing -> failing.created(), Comparator.reverseOrder())
                        .thenComparing(failing -> failing.pod.name())
                        .thenComparing(failing -> failing.name()))
                .toList();
    }

    private static Stream<FailingContainer> of(Resource pod, Instant now) {
        boolean going = pod.fields().has("metadata", "deletionTimestamp");
        Stream<Fields> statuses = Stream.concat(
                pod.fields().list("status", "initContainerStatuses").stream(),
                pod.fields().list("status", "containerStatuses").stream());
        return statuses.flatMap(status -> urgency(status, now).stream()
                .map(urgency -> new FailingContainer(pod, status, going ? GOING + urgency : urgency)));
    }

    private static Optional<Integer> urgency(Fields status, Instant now) {
        boolean ready = status.flag("ready");
        boolean crashedBefore = status.has("lastState", "terminated");
        if (failed(status.child("state", "terminated")) || (status.has("state", "waiting") && crashedBefore)) {
            return Optional.of(CRASHED);
        }
        if (!status.has("state", "running")) {
            return Optional.empty();
        }
        if (!ready && crashedBefore) {
            return Optional.of(RESTARTED);
        }
        Duration running =
                Duration.between(status.time("state", "running", "startedAt").orElse(now), now);
        if (!ready && running.compareTo(PATIENCE) > 0) {
            return Optional.of(NOT_READY);
        }
        boolean recently = status.time("lastState", "terminated", "finishedAt")
                .filter(end -> Duration.between(end, now).compareTo(RECENT) < 0)
                .isPresent();
        return recently ? Optional.of(RESTARTED_BEFORE) : Optional.empty();
    }

    private static boolean failed(Fields terminated) {
        return terminated.present() && terminated.number("exitCode").orElse(0) != 0;
    }

    boolean crashed() {
        return urgency % GOING <= RESTARTED;
    }

    String name() {
        return status.text("name");
    }

    private Instant created() {
        return pod.fields().time("metadata", "creationTimestamp").orElse(Instant.EPOCH);
    }

    /** The same container in the pods of one revision fails for the same reason. */
    String group() {
        String owner =
                pod.controller().map(controller -> controller.text("uid")).orElse(pod.name());
        return pod.namespace() + "/" + owner + "/" + name();
    }

    /** The logs to read, the most telling first. */
    List<LogRequest> logs() {
        boolean previous = status.has("lastState", "terminated");
        boolean current = status.has("state", "running") || status.has("state", "terminated");
        List<LogRequest> requests = new ArrayList<>();
        if (previous) {
            requests.add(new LogRequest(pod.namespace(), pod.name(), name(), true, !current));
        }
        if (current) {
            boolean first = urgency % GOING == NOT_READY || status.has("state", "terminated");
            requests.add(
                    first ? 0 : requests.size(), new LogRequest(pod.namespace(), pod.name(), name(), false, false));
        }
        return requests;
    }
}
