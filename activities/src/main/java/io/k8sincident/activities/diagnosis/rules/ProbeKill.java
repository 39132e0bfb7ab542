package io.k8sincident.activities.diagnosis.rules;

import io.k8sincident.activities.diagnosis.view.ContainerRole;
import io.k8sincident.activities.diagnosis.view.ContainerView;
import io.k8sincident.activities.diagnosis.view.Ending;
import io.k8sincident.activities.diagnosis.view.EventView;
import io.k8sincident.activities.diagnosis.view.Fact;
import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The kubelet kills a container because its liveness or startup probe fails. Proof is the kubelet's Killing event during
 * the container's newest run; how the process then ends (0, 137, 143) says nothing.
 */
final class ProbeKill implements Rule {
    private final String cause;
    private final Ending ending;
    private final String probe;
    private final String spoken;

    private ProbeKill(String cause, Ending ending, String probe, String spoken) {
        this.cause = cause;
        this.ending = ending;
        this.probe = probe;
        this.spoken = spoken;
    }

    static ProbeKill liveness() {
        return new ProbeKill("liveness-probe-kill", Ending.LIVENESS_PROBE, "livenessProbe", "liveness");
    }

    static ProbeKill startup() {
        return new ProbeKill("startup-probe-kill", Ending.STARTUP_PROBE, "startupProbe", "startup");
    }

    @Override
    public Optional<Finding> examine(WorkloadView workload) {
        List<Trouble> troubles = Ends.of(workload, Set.of(ending));
        if (troubles.isEmpty()) {
            return Optional.empty();
        }
        Trouble first = troubles.get(0);
        ContainerView container = Ends.container(first);
        EventView kill = Ending.killing(container, container.ended().orElseThrow(), "failed " + spoken + " probe")
                .orElseThrow();
        Fact spec = container.specFact(probe, probe + " is " + container.spec().child(probe));
        String sidecar = container.role() == ContainerRole.SIDECAR ? "sidecar " : "container ";
        Finding.Draft draft = Finding.of(causeOf(container), troubles)
                .culprit(Culprits.field(
                        workload, container, Probes.field(container, probe), Probes.value(container, probe)))
                .claim(
                        "the kubelet killed " + sidecar + container.name() + " for its " + spoken + " probe",
                        kill.fact());
        failure(container).ifPresent(event -> draft.claim("the " + spoken + " probe fails", event.fact()));
        return draft.claim("the probe asks for this", spec)
                .not("app-exit", "the process did not end by itself; the kubelet ended it", kill.fact())
                .not("oom-limit", "the reason of its end is not OOMKilled", Ends.end(first))
                .found();
    }

    private String causeOf(ContainerView container) {
        return container.role() == ContainerRole.SIDECAR ? "native-sidecar-failing" : cause;
    }

    private Optional<EventView> failure(ContainerView container) {
        String begin = spoken.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + spoken.substring(1) + " probe";
        return container.events().stream()
                .filter(event -> event.says("Unhealthy", begin))
                .findFirst();
    }
}
