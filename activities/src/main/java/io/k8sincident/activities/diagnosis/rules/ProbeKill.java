package io.k8sincident.activities.diagnosis.rules;

import io.k8sincident.activities.diagnosis.view.ContainerRole;
import io.k8sincident.activities.diagnosis.view.ContainerView;
import io.k8sincident.activities.diagnosis.view.Ending;
import io.k8sincident.activities.diagnosis.view.EventView;
import io.k8sincident.activities.diagnosis.view.Fact;
import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import io.k8sincident.workflows.model.Culprit;
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
                .culprit(culprit(workload, container))
                .claim(
                        "the kubelet killed " + sidecar + container.name() + " for its " + spoken + " probe",
                        kill.fact());
        if (!Ending.reports(kill, container.ended().orElseThrow())) {
            draft.likely();
        }
        if (CpuThrottled.explains(workload, container)) {
            draft.general();
        }
        failure(container).ifPresent(event -> draft.claim("the " + spoken + " probe fails", event.fact()));
        return draft.claim("the probe asks for this", spec)
                .not("app-exit", "the process did not end by itself; the kubelet ended it", kill.fact())
                .not("oom-limit", "the reason of its end is not OOMKilled", Ends.end(first))
                .found();
    }

    /** The image where it is slower than one that was ready with the same startup probe, else a field of the probe. */
    private Culprit culprit(WorkloadView workload, ContainerView container) {
        String field = Probes.field(container, probe);
        boolean sameProbe = workload.readyFormerRevision()
                .flatMap(revision -> revision.container(container.name()))
                .filter(former -> Changes.same(former, container.spec(), probe))
                .isPresent();
        boolean slower = probe.equals("startupProbe")
                && sameProbe
                && Changes.field(workload, container, List.of("image")).isPresent();
        return slower
                ? Culprits.field(workload, container, "image", container.spec().text("image"))
                : Culprits.field(workload, container, field, Probes.value(container, probe));
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

    @Override
    public List<Cause> causes() {
        String proof =
                "The kubelet's Killing event about this probe, during the newest run or, where the kubelet's limit on"
                        + " events may have kept it silent since, before (releases 1.16 to 1.36); as likely then.";
        String others = "OOMKilled; an end without such an event, whatever its code; a limit of CPU with which the same"
                + " image is proven to be too slow (cpu-throttled).";
        return spoken.equals("liveness")
                ? List.of(new Cause(
                        cause,
                        Cause.Family.PROBE,
                        "The kubelet kills a container over and over because its liveness probe fails.",
                        proof,
                        others))
                : List.of(new Cause(
                        cause,
                        Cause.Family.PROBE,
                        "The kubelet kills a container before it is up because its startup probe fails.",
                        proof,
                        others));
    }
}
