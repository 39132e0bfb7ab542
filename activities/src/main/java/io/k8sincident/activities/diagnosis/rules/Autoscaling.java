package io.k8sincident.activities.diagnosis.rules;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.k8sincident.activities.diagnosis.rules.Cause.Family;
import io.k8sincident.activities.diagnosis.view.Fact;
import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import io.k8sincident.activities.evidence.Fields;
import io.k8sincident.workflows.model.Culprit;
import io.k8sincident.workflows.model.Target;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An autoscaler does not act: what it scales is not there, a container that it measures has no request, or the metrics API
 * that it asks is not there; or it is at its maximum and wants more. Reads the conditions of autoscaling/v2 in the words of
 * releases 1.23 to 1.36.
 */
final class Autoscaling implements Rule {
    private static final Pattern NO_REQUEST = Pattern.compile("missing request for (\\S+) in container (\\S+) of Pod");
    private static final Pattern NO_REQUEST_OF_POD = Pattern.compile("missing request for (\\S+)$");
    private static final List<String> NO_METRICS = List.of(
            "no custom metrics API",
            "no external metrics API",
            "unable to fetch metrics from custom metrics API",
            "unable to fetch metrics from external metrics API",
            "unable to fetch metrics from resource metrics API",
            "the server could not find the requested resource",
            "the server could not find the metric",
            "the server is currently unable to handle the request");

    @Override
    public Optional<Finding> examine(WorkloadView workload) {
        List<Trouble> troubles = workload.troubles(Trouble.Kind.OBJECT).toList();
        if (!workload.kind().equals("HorizontalPodAutoscaler") || troubles.isEmpty()) {
            return Optional.empty();
        }
        String said = troubles.get(0).fact().summary();
        Matcher request = NO_REQUEST.matcher(said);
        Matcher ofPod = NO_REQUEST_OF_POD.matcher(said);
        return switch (troubles.get(0).symptom()) {
            case "FailedGetScale" -> targetMissing(workload, troubles);
            case "TooManyReplicas" -> atMaximum(workload, troubles);
            default ->
                request.find()
                        ? missingRequest(workload, troubles, request.group(1), request.group(2))
                        : ofPod.find()
                                ? missingRequest(workload, troubles, ofPod.group(1), "")
                                : noMetrics(workload, troubles);
        };
    }

    private static Fields scaled(WorkloadView workload) {
        return workload.resource().fields().child("spec", "scaleTargetRef");
    }

    private static Optional<Finding> targetMissing(WorkloadView workload, List<Trouble> troubles) {
        Fields target = scaled(workload);
        return troubles.get(0).fact().summary().contains("not found")
                ? Finding.of("hpa-target-missing", troubles)
                        .culprit(Culprits.template(
                                workload, "spec.scaleTargetRef", target.text("kind") + "/" + target.text("name")))
                        .claim(
                                "what the autoscaler should scale does not exist",
                                troubles.get(0).fact())
                        .not(
                                "hpa-no-metrics",
                                "it has not got as far as asking for metrics",
                                troubles.get(0).fact())
                        .found()
                : Optional.empty();
    }

    private static Optional<Finding> atMaximum(WorkloadView workload, List<Trouble> troubles) {
        Fields fields = workload.resource().fields();
        return Finding.of("hpa-at-max", troubles)
                .culprit(Culprits.template(workload, "spec.maxReplicas", fields.text("spec", "maxReplicas")))
                .claim(
                        "the autoscaler wants more replicas than its maximum",
                        troubles.get(0).fact())
                .claim(
                        "it is at its maximum, and the metric is still above its target",
                        Fact.field(
                                workload.resource(),
                                "status.currentMetrics",
                                "metrics now: " + fields.child("status", "currentMetrics")))
                .not("hpa-no-metrics", "it has valid metrics", troubles.get(0).fact())
                .found();
    }

    private static Optional<Finding> missingRequest(
            WorkloadView workload, List<Trouble> troubles, String resource, String container) {
        Fields scaled = scaled(workload);
        return Finding.of("hpa-missing-requests", troubles)
                .culprit(new Culprit(
                        scaled.text("kind"),
                        scaled.text("name"),
                        container.isEmpty() ? null : container,
                        "resources.requests." + resource,
                        "not set"))
                .claim(
                        "the autoscaler cannot compute a utilization: no request is set",
                        troubles.get(0).fact())
                .not(
                        "hpa-no-metrics",
                        "the metrics API answered",
                        troubles.get(0).fact())
                .actingOn(new Target(
                        scaled.text("apiVersion"),
                        scaled.text("kind"),
                        workload.namespace(),
                        scaled.text("name"),
                        null))
                .found();
    }

    private static Optional<Finding> noMetrics(WorkloadView workload, List<Trouble> troubles) {
        String said = troubles.get(0).fact().summary();
        return NO_METRICS.stream().anyMatch(said::contains)
                ? Finding.of("hpa-no-metrics", troubles)
                        .culprit(Culprits.template(workload, "spec.metrics", metrics(workload, said)))
                        .claim(
                                "the autoscaler gets no metrics: their API is not there",
                                troubles.get(0).fact())
                        .not(
                                "hpa-missing-requests",
                                "no request is said to be missing",
                                troubles.get(0).fact())
                        .found()
                : Optional.empty();
    }

    /** The names of the metrics that the message tells of, else of all. */
    private static String metrics(WorkloadView workload, String said) {
        List<String> names = workload.resource().fields().list("spec", "metrics").stream()
                .map(Autoscaling::name)
                .filter(name -> !name.isEmpty())
                .toList();
        List<String> told = names.stream().filter(said::contains).toList();
        return (told.isEmpty() ? names : told).stream().collect(Collectors.joining(", "));
    }

    private static String name(Fields metric) {
        for (String source : List.of("pods", "object", "external")) {
            if (metric.has(source)) {
                return metric.text(source, "metric", "name");
            }
        }
        return metric.text("resource", "name") + metric.text("containerResource", "name");
    }

    @Override
    public List<Cause> causes() {
        return List.of(
                new Cause(
                        "hpa-missing-requests",
                        Family.AUTOSCALING,
                        "An autoscaler measures a share of a request that a container does not have.",
                        "ScalingActive is False with \"missing request for … in container …\" (1.23 to 1.36)",
                        "a metrics API that does not answer"),
                new Cause(
                        "hpa-no-metrics",
                        Family.AUTOSCALING,
                        "The metrics API that an autoscaler asks is not there or does not answer.",
                        "ScalingActive is False with FailedGet…Metric and the API's answer (1.23 to 1.36)",
                        "a missing request; pods that have not run long enough to be measured"),
                new Cause(
                        "hpa-at-max",
                        Family.AUTOSCALING,
                        "An autoscaler is at its maximum, and its metric is still above the target.",
                        "ScalingLimited is True with TooManyReplicas, while ScalingActive is True and the replicas are at"
                                + " maxReplicas",
                        "as many replicas as it may have, with a metric at or below its target"),
                new Cause(
                        "hpa-target-missing",
                        Family.AUTOSCALING,
                        "What an autoscaler should scale does not exist.",
                        "AbleToScale is False with FailedGetScale and \"not found\"",
                        "a target that is scaled to zero (ScalingDisabled)"));
    }
}
