package io.k8sincident.scenarios.kubelet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.function.BiConsumer;

/** The three probes of a container. */
final class Probes {
    /** What the probes make of a running container. */
    record Outcome(boolean started, boolean ready, Optional<String> kill) {}

    private final Optional<Probe> startup;
    private final Optional<Probe> liveness;
    private final Optional<Probe> readiness;

    Probes(ObjectNode container) {
        this.startup = Probe.of(container, "startupProbe");
        this.liveness = Probe.of(container, "livenessProbe");
        this.readiness = Probe.of(container, "readinessProbe");
    }

    void restart(double now) {
        startup.ifPresent(probe -> probe.restart(now));
        liveness.ifPresent(probe -> probe.restart(now));
        readiness.ifPresent(probe -> probe.restart(now));
    }

    /**
     * Runs what is due.
     *
     * @param unhealthy told of each failure: the probe's name and why
     */
    Outcome run(
            ContainerRun run, ObjectNode container, String podIp, double now, BiConsumer<String, String> unhealthy) {
        boolean started =
                startup.map(probe -> probe.verdict() == Probe.Verdict.SUCCESS).orElse(true);
        if (!started) {
            attempt(startup, "Startup", run, container, podIp, now, unhealthy);
            boolean failed = startup.map(probe -> probe.verdict() == Probe.Verdict.FAILURE)
                    .orElse(false);
            return new Outcome(false, false, failed ? Optional.of("startup") : Optional.empty());
        }
        attempt(readiness, "Readiness", run, container, podIp, now, unhealthy);
        attempt(liveness, "Liveness", run, container, podIp, now, unhealthy);
        boolean dead =
                liveness.map(probe -> probe.verdict() == Probe.Verdict.FAILURE).orElse(false);
        boolean ready =
                readiness.map(probe -> probe.verdict() == Probe.Verdict.SUCCESS).orElse(true);
        return new Outcome(true, ready, dead ? Optional.of("liveness") : Optional.empty());
    }

    private static void attempt(
            Optional<Probe> probe,
            String name,
            ContainerRun run,
            ObjectNode container,
            String podIp,
            double now,
            BiConsumer<String, String> unhealthy) {
        probe.filter(due -> due.isDue(now))
                .flatMap(due -> due.run(run, container, podIp, now))
                .ifPresent(why -> unhealthy.accept(name, why));
    }
}
