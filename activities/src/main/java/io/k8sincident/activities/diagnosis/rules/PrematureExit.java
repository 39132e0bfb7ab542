package io.k8sincident.activities.diagnosis.rules;

import io.k8sincident.activities.diagnosis.view.ContainerRole;
import io.k8sincident.activities.diagnosis.view.ContainerView;
import io.k8sincident.activities.diagnosis.view.Ending;
import io.k8sincident.activities.diagnosis.view.Fact;
import io.k8sincident.activities.diagnosis.view.Termination;
import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A container that should run for ever ends with success. A process that stops gracefully when a probe kills it ends so,
 * too: so there must be no such probe or hook, or events of that very run that would show the kill.
 */
final class PrematureExit implements Rule {
    @Override
    public Optional<Finding> examine(WorkloadView workload) {
        List<Trouble> troubles = Ends.of(workload, Set.of(Ending.COMPLETED)).stream()
                .filter(trouble -> Ends.container(trouble).role() == ContainerRole.MAIN)
                .filter(trouble -> killWouldShow(Ends.container(trouble)))
                .toList();
        if (troubles.isEmpty()) {
            return Optional.empty();
        }
        ContainerView container = Ends.container(troubles.get(0));
        Fact end = Ends.end(troubles.get(0));
        return Finding.of("premature-exit", troubles)
                .culprit(Culprits.field(
                        workload,
                        container,
                        "command",
                        container.spec().child("command").toString()))
                .claim("container " + container.name() + " ended by itself with success", end)
                .claim(
                        "its pod restarts it whatever it ends with",
                        Fact.field(
                                container.pod().resource(),
                                "spec.restartPolicy",
                                "restartPolicy " + container.pod().restartPolicy()))
                .not("liveness-probe-kill", "no event says that the kubelet killed it", end)
                .not("app-exit", "it ended with 0", end)
                .found();
    }

    private static boolean killWouldShow(ContainerView container) {
        boolean canBeKilled = container.spec().has("livenessProbe")
                || container.spec().has("startupProbe")
                || container.spec().has("lifecycle", "postStart");
        Instant started = container.ended().flatMap(Termination::started).orElse(Instant.MAX);
        return !canBeKilled
                || container.events().stream()
                        .anyMatch(event -> !event.last().orElse(Instant.MIN).isBefore(started));
    }
}
