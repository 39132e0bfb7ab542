package io.k8sincident.activities.diagnosis.view;

import io.k8sincident.activities.diagnosis.view.Trouble.Kind;
import io.k8sincident.activities.evidence.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;

/** A CronJob that starts no runs: suspended, kept by a run that does not end, refused, or with a schedule that cannot be read. */
public final class CronJobTroubles {
    private static final int SKIPPED_MORE_THAN_ONCE = 2;
    private static final Set<String> NO_SCHEDULE = Set.of(
            "TooManyMissedTimes", "FailedNeedsStart", "UnparseableSchedule", "InvalidSchedule", "UnknownTimeZone");

    private CronJobTroubles() {}

    static Optional<Trouble> of(ClusterView cluster, Resource cronJob) {
        if (cronJob.fields().flag("spec", "suspend")) {
            return DeclaredIntent.of(cronJob)
                    ? Optional.empty()
                    : Optional.of(ObjectTroubles.trouble(
                            "", Fact.field(cronJob, "spec.suspend", "the CronJob is suspended")));
        }
        return refused(cluster, cronJob).or(() -> blocked(cluster, cronJob)).or(() -> unscheduled(cluster, cronJob));
    }

    private static Optional<Trouble> refused(ClusterView cluster, Resource cronJob) {
        return cluster.events(cronJob).stream()
                .filter(event -> event.is("FailedCreate") && newerThanRuns(cluster, cronJob, event))
                .findFirst()
                .map(event -> trouble(Kind.NOT_CREATED, event));
    }

    private static Optional<Trouble> blocked(ClusterView cluster, Resource cronJob) {
        return cluster.events(cronJob).stream()
                .filter(event -> event.is("JobAlreadyActive") && event.count() >= SKIPPED_MORE_THAN_ONCE)
                .filter(event -> active(cluster, cronJob)
                        .filter(job -> skippedMoreThanOnce(job, event))
                        .isPresent())
                .findFirst()
                .map(event -> trouble(Kind.OBJECT, event));
    }

    /**
     * Whether more than one run was skipped for this one. The event counts those as well that were skipped for earlier
     * runs, as where each run takes a little longer than the schedule leaves it.
     */
    private static boolean skippedMoreThanOnce(Resource job, EventView event) {
        Instant created = job.fields().time("metadata", "creationTimestamp").orElse(Instant.EPOCH);
        Instant first = event.first().orElse(Instant.EPOCH);
        Instant last = event.last().orElse(first);
        Duration betweenTwo = Duration.between(first, last).dividedBy(event.count() - 1);
        return !created.isAfter(first)
                || Duration.between(created, last).compareTo(betweenTwo.multipliedBy(SKIPPED_MORE_THAN_ONCE)) >= 0;
    }

    private static Optional<Trouble> unscheduled(ClusterView cluster, Resource cronJob) {
        return cluster.events(cronJob).stream()
                .filter(event -> event.warning() && NO_SCHEDULE.contains(event.reason()))
                .filter(event -> newerThanRuns(cluster, cronJob, event))
                .findFirst()
                .map(event -> trouble(Kind.OBJECT, event));
    }

    /** The oldest run of this CronJob that is not over. */
    public static Optional<Resource> active(ClusterView cluster, Resource cronJob) {
        return cluster.dependants(cronJob).stream()
                .filter(job -> job.kind().equals("Job") && !JobTroubles.over(job))
                .min(Comparator.comparing((Resource job) -> job.fields().text("metadata", "creationTimestamp"))
                        .thenComparing(Resource::name));
    }

    private static boolean newerThanRuns(ClusterView cluster, Resource cronJob, EventView event) {
        Instant newest = cluster.dependants(cronJob).stream()
                .flatMap(job -> job.fields().time("metadata", "creationTimestamp").stream())
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
        return event.last().orElse(Instant.EPOCH).isAfter(newest);
    }

    private static Trouble trouble(Kind kind, EventView event) {
        return new Trouble(
                kind, null, null, event.reason(), event.fact(), event.first().orElse(null));
    }
}
