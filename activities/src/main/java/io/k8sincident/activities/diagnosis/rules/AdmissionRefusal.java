package io.k8sincident.activities.diagnosis.rules;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import io.k8sincident.workflows.model.Culprit;
import io.k8sincident.workflows.model.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * No pod is made, because admission refuses it. The refusal stands in the ReplicaFailure condition or the FailedCreate event
 * of the controller, in the words of the admission plugin that refused (releases 1.20 to 1.36).
 */
final class AdmissionRefusal implements Rule {
    private record Form(String cause, Pattern pattern, BiFunction<WorkloadView, Matcher, Culprit> culprit) {}

    private static final List<Form> FORMS = List.of(
            new Form(
                    "quota-exceeded",
                    Pattern.compile("exceeded quota: ([^,]+), requested: (\\S+?)=(\\S+?),"),
                    (workload, said) ->
                            Culprits.object("ResourceQuota", said.group(1), "spec.hard." + said.group(2), null)),
            new Form(
                    "quota-exceeded",
                    Pattern.compile("failed quota: ([^:]+): must specify (\\S+)"),
                    (workload, said) -> Culprits.object("ResourceQuota", said.group(1), "spec.hard", said.group(2))),
            new Form(
                    "limit-range-violation",
                    Pattern.compile(
                            "(maximum|minimum) (\\S+) usage per (Container|Pod|PersistentVolumeClaim) is ([^,\\]]+)"
                                    + "|(\\S+) max limit to request ratio per"),
                    (workload, said) -> Culprits.template(
                            workload,
                            "resources." + String.valueOf(said.group(2)),
                            said.group(4) == null ? null : said.group(1) + " is " + said.group(4))),
            new Form(
                    "missing-service-account",
                    Pattern.compile("error looking up service account [^\\s:]+: serviceaccount \"([^\"]+)\" not found"),
                    (workload, said) -> Culprits.object("ServiceAccount", said.group(1), null, null)),
            new Form(
                    "pod-security-denied",
                    Pattern.compile("violates PodSecurity \"([^\"]+)\""),
                    (workload, said) -> Culprits.template(workload, "spec.securityContext", said.group(1))),
            new Form(
                    "admission-webhook-unavailable",
                    Pattern.compile("failed calling webhook \"([^\"]+)\""),
                    (workload, said) -> Culprits.object("Webhook", said.group(1), null, null)),
            new Form(
                    "missing-priority-class",
                    Pattern.compile("no PriorityClass with name (\\S+) was found"),
                    (workload, said) -> Culprits.template(workload, "spec.priorityClassName", said.group(1))),
            new Form(
                    "missing-runtime-class",
                    Pattern.compile("RuntimeClass(?:\\.node\\.k8s\\.io)? \"([^\"]+)\" not found"),
                    (workload, said) -> Culprits.template(workload, "spec.runtimeClassName", said.group(1))));

    @Override
    public Optional<Finding> examine(WorkloadView workload) {
        return workload.troubles(Trouble.Kind.NOT_CREATED)
                .map(trouble -> examine(workload, trouble))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Finding> examine(WorkloadView workload, Trouble trouble) {
        for (Form form : FORMS) {
            Matcher said = form.pattern().matcher(trouble.fact().summary());
            if (said.find()) {
                Culprit culprit = form.culprit().apply(workload, said);
                List<Trouble> explained = new ArrayList<>(
                        workload.troubles(Trouble.Kind.NOT_CREATED).toList());
                Finding.Draft draft = Finding.of(form.cause(), explained)
                        .culprit(culprit)
                        .claim(
                                "admission refuses the pods of "
                                        + workload.resource().kindName(),
                                trouble.fact())
                        .not("insufficient-cpu", "no pod was made, so none was to be placed", trouble.fact());
                Target common = common(workload, form.cause(), culprit);
                return common == null ? draft.found() : draft.commonTo(common).found();
            }
        }
        return Optional.empty();
    }

    /** What other workloads are refused for as well. */
    private static @Nullable Target common(WorkloadView workload, String cause, Culprit culprit) {
        return switch (cause) {
            case "quota-exceeded", "missing-service-account" ->
                new Target("v1", culprit.kind(), workload.namespace(), culprit.name(), null);
            case "missing-priority-class" ->
                new Target("scheduling.k8s.io/v1", "PriorityClass", null, String.valueOf(culprit.value()), null);
            default -> null;
        };
    }
}
