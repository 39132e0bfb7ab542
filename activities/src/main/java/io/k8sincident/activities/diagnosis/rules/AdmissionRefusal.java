package io.k8sincident.activities.diagnosis.rules;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.k8sincident.activities.diagnosis.rules.Cause.Family;
import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import io.k8sincident.workflows.model.Culprit;
import io.k8sincident.workflows.model.Target;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * No pod is made, because admission refuses it. The refusal stands in the ReplicaFailure condition or the FailedCreate event
 * of the controller, in the words of the admission plugin that refused (releases 1.19 to 1.36).
 */
final class AdmissionRefusal implements Rule {
    private record Form(String cause, Pattern pattern, BiFunction<WorkloadView, Matcher, Culprit> culprit) {}

    private static final List<Form> FORMS = List.of(
            new Form(
                    "quota-exceeded",
                    Pattern.compile("exceeded quota: ([^,]+), requested: ([^=,\\s]+)=[^,]+(?:.*limited: (\\S+))?"),
                    (workload, said) -> Culprits.object(
                            "ResourceQuota",
                            said.group(1),
                            "spec.hard." + said.group(2),
                            limited(said.group(2), said.group(3)))),
            new Form(
                    "quota-exceeded",
                    Pattern.compile("failed quota: ([^:]+): must specify ([^ ,]+)"),
                    (workload, said) -> Culprits.object(
                            "ResourceQuota",
                            said.group(1),
                            "spec.hard." + said.group(2),
                            "pods must specify " + said.group(2))),
            new Form("limit-range-violation", LimitRangeCulprit.BOUND, LimitRangeCulprit::bound),
            new Form("limit-range-violation", LimitRangeCulprit.RATIO, LimitRangeCulprit::ratio),
            new Form(
                    "missing-service-account",
                    Pattern.compile("error looking up service account [^\\s:]+: serviceaccount \"([^\"]+)\" not found"),
                    (workload, said) -> Culprits.missing("ServiceAccount", said.group(1))),
            new Form("pod-security-denied", PodSecurityCulprit.VIOLATES, PodSecurityCulprit::of),
            new Form(
                    "admission-webhook-unavailable",
                    Pattern.compile("failed calling webhook \"([^\"]+)\""),
                    (workload, said) ->
                            Webhook.named(workload.cluster(), said.group(1)).culprit()),
            new Form(
                    "admission-webhook-denied",
                    Pattern.compile("admission webhook \"([^\"]+)\" denied the request"),
                    (workload, said) ->
                            Webhook.named(workload.cluster(), said.group(1)).culprit()),
            new Form(
                    "admission-policy-denied",
                    Pattern.compile("ValidatingAdmissionPolicy '([^']+)' with binding '([^']+)' denied request: (.*)"),
                    (workload, said) -> Culprits.object(
                            "ValidatingAdmissionPolicy", said.group(1), "spec.validations", said.group(3))),
            new Form(
                    "missing-priority-class",
                    Pattern.compile("no PriorityClass with name (\\S+) was found"),
                    (workload, said) -> Culprits.template(workload, "spec.priorityClassName", said.group(1))),
            new Form(
                    "missing-runtime-class",
                    Pattern.compile("RuntimeClass(?:\\.node\\.k8s\\.io)? \"([^\"]+)\" not found"),
                    (workload, said) -> Culprits.template(workload, "spec.runtimeClassName", said.group(1))),
            new Form(
                    "invalid-pod-template",
                    Pattern.compile("Pod \"[^\"]*\" is invalid: \\[?(spec\\.\\S+?): (.*)"),
                    (workload, said) -> Culprits.template(workload, said.group(1), said.group(2))));

    /** The value of a resource in {@code pods=1,requests.cpu=400m}. */
    private static @Nullable String limited(String resource, @Nullable String limits) {
        return limits == null
                ? null
                : Stream.of(limits.split(",", -1))
                        .filter(limit -> limit.startsWith(resource + "="))
                        .map(limit -> limit.substring(resource.length() + 1))
                        .findFirst()
                        .orElse(null);
    }

    @Override
    public Optional<Finding> examine(WorkloadView workload) {
        return workload.troubles(Trouble.Kind.NOT_CREATED)
                .map(trouble -> examine(workload, trouble))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Finding> examine(WorkloadView workload, Trouble trouble) {
        String message = trouble.fact().summary();
        Optional<Culprit> byDefault = LimitRangeCulprit.byDefault(workload, message);
        if (byDefault.isPresent()) {
            return finding(workload, trouble, "limit-range-violation", byDefault.get());
        }
        for (Form form : FORMS) {
            Matcher said = form.pattern().matcher(message);
            if (said.find()) {
                return finding(workload, trouble, form.cause(), form.culprit().apply(workload, said));
            }
        }
        return Optional.empty();
    }

    private static Optional<Finding> finding(WorkloadView workload, Trouble trouble, String cause, Culprit culprit) {
        Finding.Draft draft = Finding.of(
                        cause, workload.troubles(Trouble.Kind.NOT_CREATED).toList())
                .culprit(culprit)
                .claim("admission refuses the pods of " + workload.resource().kindName(), trouble.fact())
                .not("insufficient-cpu", "no pod was made, so none was to be placed", trouble.fact());
        if (cause.equals("admission-webhook-unavailable")) {
            Webhook.serviceIn(workload.cluster(), trouble.fact().summary()).ifPresent(draft::dependsOn);
        }
        Target common = common(workload, cause, culprit);
        return common == null ? draft.found() : draft.commonTo(common).found();
    }

    /** What other workloads are refused for as well. */
    private static @Nullable Target common(WorkloadView workload, String cause, Culprit culprit) {
        return switch (cause) {
            case "quota-exceeded", "missing-service-account" ->
                new Target("v1", culprit.kind(), workload.namespace(), culprit.name(), null);
            case "missing-priority-class" ->
                new Target("scheduling.k8s.io/v1", "PriorityClass", null, String.valueOf(culprit.value()), null);
            case "missing-runtime-class" ->
                new Target("node.k8s.io/v1", "RuntimeClass", null, String.valueOf(culprit.value()), null);
            case "admission-webhook-unavailable", "admission-policy-denied" ->
                new Target("admissionregistration.k8s.io/v1", culprit.kind(), null, culprit.name(), null);
            default -> null;
        };
    }

    @Override
    public List<Cause> causes() {
        return List.of(
                cause(
                        "quota-exceeded",
                        "A quota of the namespace does not allow what is to be made, or demands a value that is not set.",
                        "\"exceeded quota\" or \"failed quota: …: must specify\""),
                cause(
                        "limit-range-violation",
                        "A limit range of the namespace does not allow a container's requests or limits, or sets a default"
                                + " limit below its request.",
                        "\"maximum/minimum … usage per …\", \"… max limit to request ratio per …\", or a limit that is not in"
                                + " the template"),
                cause(
                        "missing-service-account",
                        "The ServiceAccount that the template names does not exist.",
                        "\"error looking up service account …: not found\""),
                cause(
                        "pod-security-denied",
                        "The namespace enforces a Pod Security Standard that the template violates.",
                        "\"violates PodSecurity\" (since 1.22)"),
                cause(
                        "admission-webhook-unavailable",
                        "An admission webhook with failurePolicy Fail does not answer.",
                        "\"failed calling webhook\" with what the connection met"),
                cause(
                        "admission-webhook-denied",
                        "An admission webhook refuses the pods and says why.",
                        "\"admission webhook … denied the request\""),
                cause(
                        "admission-policy-denied",
                        "A ValidatingAdmissionPolicy refuses the pods.",
                        "\"ValidatingAdmissionPolicy … denied request\" (since 1.26)"),
                cause(
                        "missing-priority-class",
                        "The template names a PriorityClass that does not exist.",
                        "\"no PriorityClass with name … was found\""),
                cause(
                        "missing-runtime-class",
                        "The template names a RuntimeClass that does not exist.",
                        "\"RuntimeClass … not found\""),
                cause(
                        "invalid-pod-template",
                        "The API server refuses the pods of the template as invalid.",
                        "\"Pod … is invalid\" with the field"));
    }

    private static Cause cause(String id, String meaning, String words) {
        return new Cause(
                id,
                Family.ADMISSION,
                meaning,
                "pods are lacking, and the ReplicaFailure condition or the FailedCreate event says " + words
                        + " (kube-apiserver 1.19 to 1.36)",
                "another plugin's words in the refusal; a controller that has all its pods again");
    }
}
