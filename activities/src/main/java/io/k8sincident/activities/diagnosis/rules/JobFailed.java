package io.k8sincident.activities.diagnosis.rules;

import io.k8sincident.activities.diagnosis.view.Fact;
import io.k8sincident.activities.diagnosis.view.PodView;
import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A Job is over without success; the reason of its Failed condition (batch/v1) says by which of its rules. */
final class JobFailed implements Rule {
    private static final Map<String, String> CAUSES = Map.of(
            "BackoffLimitExceeded", "job-backoff-limit",
            "DeadlineExceeded", "job-deadline-exceeded",
            "PodFailurePolicy", "job-pod-failure-policy",
            "FailedIndexes", "job-failed-indexes",
            "MaxFailedIndexesExceeded", "job-failed-indexes");
    private static final Map<String, String> FIELDS = Map.of(
            "BackoffLimitExceeded", "spec.backoffLimit",
            "DeadlineExceeded", "spec.activeDeadlineSeconds",
            "PodFailurePolicy", "spec.podFailurePolicy",
            "FailedIndexes", "spec.backoffLimitPerIndex",
            "MaxFailedIndexesExceeded", "spec.maxFailedIndexes");

    @Override
    public Optional<Finding> examine(WorkloadView workload) {
        List<Trouble> troubles = workload.troubles(Trouble.Kind.JOB_FAILED)
                .filter(trouble -> CAUSES.containsKey(trouble.symptom()))
                .toList();
        if (troubles.isEmpty()) {
            return Optional.empty();
        }
        Trouble failed = troubles.get(0);
        Finding.Draft draft = Finding.of(CAUSES.getOrDefault(failed.symptom(), ""), troubles)
                .culprit(Culprits.template(workload, FIELDS.getOrDefault(failed.symptom(), ""), null))
                .claim("the Job is over without success", failed.fact());
        newestEnd(workload).ifPresent(end -> draft.claim("its newest pod ended so", end));
        return draft.found();
    }

    private static Optional<Fact> newestEnd(WorkloadView workload) {
        return workload.pods().stream()
                .filter(pod -> pod.phase().equals("Failed"))
                .max(java.util.Comparator.comparing(
                                (PodView pod) -> pod.created().orElse(java.time.Instant.EPOCH))
                        .thenComparing(PodView::name))
                .flatMap(pod -> pod.containers().stream()
                        .map(container -> container.endFact())
                        .flatMap(Optional::stream)
                        .findFirst());
    }
}
