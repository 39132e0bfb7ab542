package io.k8sincident.activities.diagnosis.view;

import io.k8sincident.activities.diagnosis.view.Trouble.Kind;
import io.k8sincident.activities.evidence.Fields;
import io.k8sincident.activities.evidence.Resource;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/** Whether the newest run of a Job or CronJob failed. A failed run that a later one made good is no trouble. */
final class JobTroubles {
    private JobTroubles() {}

    /** Whether this Job is over, with or without success. */
    static boolean over(Resource job) {
        return condition(job, "Complete").isPresent()
                || condition(job, "Failed").isPresent();
    }

    /** How many pods of this Job should run at once now. */
    static long parallel(Resource job) {
        long most = job.fields().number("spec", "parallelism").orElse(1);
        long left = job.fields().number("spec", "completions").orElse(Long.MAX_VALUE)
                - job.fields().number("status", "succeeded").orElse(0);
        return Math.min(most, left);
    }

    static Optional<Trouble> of(WorkloadView workload) {
        return workload.controllers().stream()
                .filter(controller -> controller.kind().equals("Job"))
                .filter(JobTroubles::over)
                .max(Comparator.comparing((Resource job) -> job.fields().text("metadata", "creationTimestamp"))
                        .thenComparing(Resource::name))
                .flatMap(job -> condition(job, "Failed")
                        .filter(failed -> !madeGood(workload.resource(), failed))
                        .map(failed -> trouble(job, failed)));
    }

    /** Whether a run of the CronJob has succeeded since, which it may not have kept (its status tells since 1.21). */
    private static boolean madeGood(Resource cronJob, Fields failed) {
        Instant failure = failed.time("lastTransitionTime").orElse(Instant.MAX);
        return cronJob.fields()
                .time("status", "lastSuccessfulTime")
                .filter(success -> success.isAfter(failure))
                .isPresent();
    }

    private static Trouble trouble(Resource job, Fields failed) {
        return new Trouble(
                Kind.JOB_FAILED,
                null,
                null,
                failed.text("reason"),
                new Fact(
                        job.kindName() + " status.conditions[type=Failed]",
                        failed.text("reason") + ": " + failed.text("message"),
                        failed.toString()),
                failed.time("lastTransitionTime").orElse(null));
    }

    private static Optional<Fields> condition(Resource job, String type) {
        return job.fields().list("status", "conditions").stream()
                .filter(condition -> condition.text("type").equals(type)
                        && condition.text("status").equals("True"))
                .findFirst();
    }
}
