package io.k8sincident.activities.diagnosis.rules;

import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import java.util.List;
import java.util.Optional;

/**
 * Somebody stopped it and nobody declared why: a Deployment paused while a change of its template waits, or a CronJob
 * suspended.
 */
final class Stopped implements Rule {
    @Override
    public Optional<Finding> examine(WorkloadView workload) {
        List<Trouble> troubles = workload.troubles(Trouble.Kind.OBJECT).toList();
        if (troubles.isEmpty()) {
            return Optional.empty();
        }
        return switch (workload.kind()) {
            case "Deployment" ->
                Finding.of("deployment-paused", troubles)
                        .culprit(Culprits.template(workload, "spec.paused", "true"))
                        .claim(
                                "the Deployment is paused, and a change of its template waits",
                                troubles.get(0).fact())
                        .not(
                                "rollout-stalled",
                                "no rollout was begun",
                                troubles.get(0).fact())
                        .found();
            case "CronJob" ->
                Finding.of("cronjob-suspended", troubles)
                        .culprit(Culprits.template(workload, "spec.suspend", "true"))
                        .claim(
                                "the CronJob is suspended: no run is started",
                                troubles.get(0).fact())
                        .found();
            default -> Optional.empty();
        };
    }
}
