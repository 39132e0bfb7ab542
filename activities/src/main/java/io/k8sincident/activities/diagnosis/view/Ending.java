package io.k8sincident.activities.diagnosis.view;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who ended a container's newest run, as far as the kubelet says: from the reason of the termination, from its events, and
 * only then from the exit code. An exit code alone proves little: a probe's kill can end with 0, 137 or 143, an
 * out-of-memory kill with 1.
 */
public enum Ending {
    /** It has not ended. */
    NONE,
    /** The kernel, for memory: the reason says so. */
    OUT_OF_MEMORY,
    /** The kubelet, because the liveness probe failed. */
    LIVENESS_PROBE,
    /** The kubelet, because the startup probe failed. */
    STARTUP_PROBE,
    /** The kubelet, because the postStart hook failed. */
    POST_START_HOOK,
    /** The runtime could not start it. */
    NOT_STARTED,
    /** It went with its node or its sandbox. */
    NODE,
    /** It ended itself with success. */
    COMPLETED,
    /** SIGKILL or SIGTERM, and nothing says from whom. */
    KILLED_BY_UNKNOWN,
    /** A fault signal of the kernel: SIGSEGV, SIGBUS, SIGILL, SIGFPE. */
    FAULT_SIGNAL,
    /** It ended itself with an error; abort() counts as such, since nobody but the process itself calls it. */
    EXIT;

    private static final Set<String> START_REASONS = Set.of("StartError", "ContainerCannotRun");
    private static final Set<String> LOST_REASONS = Set.of("Unknown", "ContainerStatusUnknown");
    private static final Set<Integer> FAULTS = Set.of(4, 7, 8, 11);

    /** How the newest run of this container ended. */
    public static Ending of(ContainerView container) {
        return container.ended().map(end -> of(container, end)).orElse(NONE);
    }

    private static Ending of(ContainerView container, Termination end) {
        if (end.reason().equals("OOMKilled")) {
            return OUT_OF_MEMORY;
        }
        if (START_REASONS.contains(end.reason())) {
            return NOT_STARTED;
        }
        if (LOST_REASONS.contains(end.reason())) {
            return NODE;
        }
        return killing(container, end, "failed liveness probe")
                .map(event -> LIVENESS_PROBE)
                .or(() -> killing(container, end, "failed startup probe").map(event -> STARTUP_PROBE))
                .or(() -> killing(container, end, "PostStartHook").map(event -> POST_START_HOOK))
                .orElseGet(() -> byCode(end));
    }

    private static Ending byCode(Termination end) {
        if (end.exitCode() == 0) {
            return COMPLETED;
        }
        if (end.signal() == 9 || end.signal() == 15) {
            return KILLED_BY_UNKNOWN;
        }
        return FAULTS.contains(end.signal()) ? FAULT_SIGNAL : EXIT;
    }

    /**
     * The kubelet's event that it killed this container for this reason: during the newest run or since. A kubelet writes
     * no more than 25 events about one pod at once and then one in five minutes (its spam filter, all releases), so that
     * later kills go unreported: an earlier kill counts as well, where the run ended as killed processes do.
     */
    public static Optional<EventView> killing(ContainerView container, Termination end, String why) {
        List<EventView> kills = container.events().stream()
                .filter(event -> event.says("Killing", why))
                .toList();
        return kills.stream()
                .filter(event -> reports(event, end))
                .findFirst()
                .or(() -> kills.stream()
                        .filter(event -> asIfKilled(end) && container.restarts() > 1)
                        .findFirst());
    }

    /** Whether this event was written during this run or since. */
    public static boolean reports(EventView event, Termination end) {
        return !event.last().orElse(Instant.MAX).isBefore(end.started().orElse(Instant.MIN));
    }

    private static boolean asIfKilled(Termination end) {
        return end.exitCode() == 0 || end.signal() == 9 || end.signal() == 15;
    }
}
