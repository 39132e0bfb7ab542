package io.k8sincident.activities.diagnosis.rules;

import io.k8sincident.activities.diagnosis.view.ContainerView;
import io.k8sincident.activities.diagnosis.view.Fact;
import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import java.util.List;
import java.util.Optional;

/** A container runs and its readiness probe keeps failing, beyond what a start explains. */
final class ReadinessFailing implements Rule {
    @Override
    public Optional<Finding> examine(WorkloadView workload) {
        List<Trouble> troubles = workload.troubles(Trouble.Kind.NOT_READY)
                .filter(trouble ->
                        trouble.container() != null && trouble.symptom().equals("Unhealthy"))
                .toList();
        if (troubles.isEmpty()) {
            return Optional.empty();
        }
        ContainerView container = Ends.container(troubles.get(0));
        Fact failing = troubles.get(0).fact();
        String field = Probes.field(container, "readinessProbe");
        Finding.Draft draft = Finding.of("readiness-probe-failing", Ends.sameContainer(troubles));
        if (CpuThrottled.explains(workload, container)) {
            draft.general();
        }
        return draft.culprit(Culprits.field(workload, container, field, Probes.value(container, "readinessProbe")))
                .claim("the readiness probe of container " + container.name() + " fails", failing)
                .claim(
                        "the probe asks for this",
                        container.specFact(
                                "readinessProbe",
                                "readinessProbe is " + container.spec().child("readinessProbe")))
                .claim(
                        "the container runs without a restart of late",
                        container.statusFact("state", "running, " + container.restarts() + " restarts"))
                .not("app-exit", "the container runs", container.statusFact("state", "running"))
                .not("liveness-probe-kill", "the container is not restarted", failing)
                .found();
    }

    @Override
    public List<Cause> causes() {
        return List.of(new Cause(
                "readiness-probe-failing",
                Cause.Family.PROBE,
                "A container runs, and its readiness probe keeps failing, beyond what a start explains.",
                "Unhealthy events about the readiness probe of the present run, as often as its failureThreshold, and an"
                        + " answer that no start-up gives, or a rollout past its deadline (releases 1.16 to 1.36).",
                "A container that restarts or has just started; a limit of CPU with which the same image is proven to be"
                        + " too slow (cpu-throttled)."));
    }
}
