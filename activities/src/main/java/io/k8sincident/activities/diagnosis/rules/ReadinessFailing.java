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
        return Finding.of("readiness-probe-failing", Ends.sameContainer(troubles))
                .culprit(Culprits.field(workload, container, field, Probes.value(container, "readinessProbe")))
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
}
