package io.k8sincident.activities.diagnosis.rules;

import io.k8sincident.activities.diagnosis.rules.Cause.Family;
import io.k8sincident.activities.diagnosis.view.CronJobTroubles;
import io.k8sincident.activities.diagnosis.view.Fact;
import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import java.util.List;
import java.util.Optional;

/** A CronJob starts no runs: an earlier one has not ended and it may not have two, or its schedule cannot be kept. */
final class CronJobBlocked implements Rule {
    @Override
    public Optional<Finding> examine(WorkloadView workload) {
        List<Trouble> troubles = workload.troubles(Trouble.Kind.OBJECT)
                .filter(trouble -> !trouble.symptom().isEmpty())
                .toList();
        if (!workload.kind().equals("CronJob") || troubles.isEmpty()) {
            return Optional.empty();
        }
        Trouble trouble = troubles.get(0);
        if (!trouble.symptom().equals("JobAlreadyActive")) {
            return Finding.of("cronjob-schedule-unusable", troubles)
                    .culprit(Culprits.template(
                            workload,
                            "spec.schedule",
                            workload.resource().fields().text("spec", "schedule")))
                    .claim("the controller cannot tell when the next run is due", trouble.fact())
                    .found();
        }
        return CronJobTroubles.active(workload.cluster(), workload.resource())
                .flatMap(job -> Finding.of("cronjob-blocked-by-running-job", troubles)
                        .general()
                        .culprit(Culprits.object(
                                "Job", job.name(), "status.active", job.fields().text("status", "active")))
                        .claim("runs are skipped since an earlier one has not ended", trouble.fact())
                        .claim(
                                "this run is still active",
                                Fact.field(
                                        job,
                                        "status.startTime",
                                        "Job " + job.name() + " runs since "
                                                + job.fields().text("status", "startTime")))
                        .not("cronjob-suspended", "the CronJob is not suspended", trouble.fact())
                        .found());
    }

    @Override
    public List<Cause> causes() {
        return List.of(
                new Cause(
                        "cronjob-blocked-by-running-job",
                        Family.JOB,
                        "concurrencyPolicy Forbid, and an earlier run that does not end keeps later ones from starting.",
                        "more than one skipped run by JobAlreadyActive events (1.21 to 1.36), and a Job of it that is active",
                        "a single skipped run; an active Job that is too young to have kept two; a cause of its own in the"
                                + " pods of the active run"),
                new Cause(
                        "cronjob-schedule-unusable",
                        Family.JOB,
                        "The controller cannot tell when the next run is due: too many were missed, or the schedule or time"
                                + " zone cannot be read.",
                        "a TooManyMissedTimes, UnparseableSchedule, InvalidSchedule or UnknownTimeZone event newer than the"
                                + " newest run",
                        "a run that started since"));
    }
}
