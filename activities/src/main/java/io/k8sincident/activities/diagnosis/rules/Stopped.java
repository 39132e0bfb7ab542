package io.k8sincident.activities.diagnosis.rules;

import io.k8sincident.activities.diagnosis.rules.Cause.Family;
import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import java.util.List;
import java.util.Optional;

/**
 * Somebody stopped it and nobody declared why: a Deployment paused while a change of its template waits, a StatefulSet whose
 * partition keeps its pods at the old template, or a CronJob suspended.
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
            case "StatefulSet" ->
                Finding.of("statefulset-partitioned", troubles)
                        .culprit(Culprits.template(
                                workload,
                                "spec.updateStrategy.rollingUpdate.partition",
                                workload.resource()
                                        .fields()
                                        .text("spec", "updateStrategy", "rollingUpdate", "partition")))
                        .claim(
                                "the partition of its rolling update keeps pods at the old template",
                                troubles.get(0).fact())
                        .not(
                                "rollout-stalled",
                                "all pods that may have the new template have it",
                                troubles.get(0).fact())
                        .found();
            case "CronJob" ->
                workload.resource().fields().flag("spec", "suspend")
                        ? Finding.of("cronjob-suspended", troubles)
                                .culprit(Culprits.template(workload, "spec.suspend", "true"))
                                .claim(
                                        "the CronJob is suspended: no run is started",
                                        troubles.get(0).fact())
                                .found()
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    @Override
    public List<Cause> causes() {
        String declared = "an annotation that declares the intention (see DeclaredIntent)";
        return List.of(
                new Cause(
                        "deployment-paused",
                        Family.ROLLOUT,
                        "A Deployment is paused, so that a change of its template is not rolled out.",
                        "spec.paused is true, and no ReplicaSet has the template",
                        declared + "; a paused Deployment whose template is the one that runs"),
                new Cause(
                        "statefulset-partitioned",
                        Family.ROLLOUT,
                        "The partition of a rolling update keeps all or some pods at the old template.",
                        "status.updateRevision differs from currentRevision, and every pod beyond the partition is updated",
                        declared + "; an update that is still under way"),
                new Cause(
                        "cronjob-suspended",
                        Family.JOB,
                        "A CronJob is suspended: it starts no runs.",
                        "spec.suspend is true",
                        declared));
    }
}
