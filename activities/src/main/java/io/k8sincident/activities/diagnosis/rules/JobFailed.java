package io.k8sincident.activities.diagnosis.rules;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.k8sincident.activities.diagnosis.rules.Cause.Family;
import io.k8sincident.activities.diagnosis.view.ContainerView;
import io.k8sincident.activities.diagnosis.view.PodView;
import io.k8sincident.activities.diagnosis.view.Termination;
import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import io.k8sincident.activities.evidence.Fields;
import io.k8sincident.activities.evidence.Resource;
import io.k8sincident.workflows.model.Culprit;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A Job is over without success; the reason of its Failed condition (batch/v1, 1.21 to 1.36) says by which of its rules. */
final class JobFailed implements Rule {
    private static final Map<String, String> CAUSES = Map.of(
            "BackoffLimitExceeded", "job-backoff-limit",
            "DeadlineExceeded", "job-deadline-exceeded",
            "PodFailurePolicy", "job-pod-failure-policy",
            "FailedIndexes", "job-failed-indexes",
            "MaxFailedIndexesExceeded", "job-failed-indexes");
    private static final Pattern RULE_INDEX = Pattern.compile("rule at index (\\d+)");

    @Override
    public Optional<Finding> examine(WorkloadView workload) {
        List<Trouble> troubles = workload.troubles(Trouble.Kind.JOB_FAILED)
                .filter(trouble -> CAUSES.containsKey(trouble.symptom()))
                .toList();
        if (troubles.isEmpty()) {
            return Optional.empty();
        }
        Trouble failed = troubles.get(0);
        Optional<ContainerView> ended = failedContainer(workload, failed);
        Finding.Draft draft = Finding.of(CAUSES.getOrDefault(failed.symptom(), ""), troubles)
                .culprit(culprit(workload, failed, ended))
                .claim("the Job is over without success", failed.fact());
        ended.flatMap(ContainerView::endFact).ifPresent(end -> draft.claim("its newest failed pod ended so", end));
        return draft.found();
    }

    private static Culprit culprit(WorkloadView workload, Trouble failed, Optional<ContainerView> ended) {
        Optional<Resource> job = workload.controllers().stream()
                .filter(controller -> failed.fact().where().startsWith(controller.kindName() + " "))
                .findFirst();
        Fields spec = job.map(found -> found.fields().child("spec"))
                .orElse(workload.resource().fields().child("spec"));
        return switch (failed.symptom()) {
            case "DeadlineExceeded" ->
                Culprits.template(workload, "spec.activeDeadlineSeconds", spec.text("activeDeadlineSeconds"));
            case "FailedIndexes", "MaxFailedIndexesExceeded" ->
                Culprits.template(
                        workload,
                        "status.failedIndexes",
                        job.map(found -> found.fields().text("status", "failedIndexes"))
                                .filter(indexes -> !indexes.isEmpty())
                                .map(indexes -> "index " + indexes)
                                .orElse(null));
            case "PodFailurePolicy" -> byPolicy(workload, failed, ended);
            default ->
                ended.map(container -> Culprits.field(workload, container, "exitCode", exitCode(container)))
                        .orElseGet(() -> Culprits.template(workload, "spec.backoffLimit", spec.text("backoffLimit")));
        };
    }

    private static Culprit byPolicy(WorkloadView workload, Trouble failed, Optional<ContainerView> ended) {
        Matcher index = RULE_INDEX.matcher(failed.fact().summary());
        String field = "spec.podFailurePolicy.rules" + (index.find() ? "[" + index.group(1) + "]" : "");
        return ended.map(container -> Culprits.field(workload, container, field, "exit code " + exitCode(container)))
                .orElseGet(() -> Culprits.template(workload, field, null));
    }

    private static String exitCode(ContainerView container) {
        return container.ended().map(Termination::exitCode).map(String::valueOf).orElse("unknown");
    }

    /** The container of the newest failed pod of that Job which ended with an error. */
    private static Optional<ContainerView> failedContainer(WorkloadView workload, Trouble failed) {
        return workload.pods().stream()
                .filter(pod -> pod.resource()
                        .controller()
                        .filter(owner -> failed.fact().where().startsWith("Job/" + owner.text("name") + " "))
                        .isPresent())
                .filter(pod -> !pod.phase().equals("Succeeded"))
                .max(Comparator.comparing((PodView pod) -> pod.created().orElse(Instant.EPOCH))
                        .thenComparing(PodView::name))
                .flatMap(pod -> pod.containers().stream()
                        .filter(container -> container
                                .ended()
                                .filter(end -> end.exitCode() != 0)
                                .isPresent())
                        .findFirst());
    }

    @Override
    public List<Cause> causes() {
        return List.of(
                cause("job-backoff-limit", "A Job's pods failed more often than its backoffLimit allows."),
                cause("job-deadline-exceeded", "A Job did not end within its activeDeadlineSeconds."),
                cause("job-pod-failure-policy", "A rule of the Job's podFailurePolicy ended it at once."),
                cause("job-failed-indexes", "An indexed Job failed because of some of its indexes."));
    }

    private static Cause cause(String id, String meaning) {
        return new Cause(
                id,
                Family.JOB,
                meaning,
                "the Failed condition of the newest run and its reason (batch/v1, 1.21 to 1.36)",
                "a Job that is complete after failed pods; a later run that succeeded");
    }
}
