package io.k8sincident.activities.diagnosis.rules;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import io.k8sincident.activities.evidence.Fields;
import io.k8sincident.workflows.model.Culprit;
import io.k8sincident.workflows.model.Target;
import java.util.List;
import java.util.Optional;

/**
 * An autoscaler does not act: its ScalingActive condition is False since a container that it measures has no request, or
 * since the metrics API that it asks is not there.
 */
final class Autoscaling implements Rule {
    private static final Pattern NO_REQUEST = Pattern.compile("missing request for (\\S+) in container (\\S+) of Pod");
    private static final List<String> NO_METRICS = List.of(
            "no custom metrics API",
            "no external metrics API",
            "unable to fetch metrics from custom metrics API",
            "unable to fetch metrics from external metrics API",
            "the server could not find the requested resource",
            "the server is currently unable to handle the request");

    @Override
    public Optional<Finding> examine(WorkloadView workload) {
        List<Trouble> troubles = workload.troubles(Trouble.Kind.OBJECT).toList();
        if (!workload.kind().equals("HorizontalPodAutoscaler") || troubles.isEmpty()) {
            return Optional.empty();
        }
        String said = troubles.get(0).fact().summary();
        Matcher request = NO_REQUEST.matcher(said);
        if (request.find()) {
            Fields scaled = workload.resource().fields().child("spec", "scaleTargetRef");
            String field = "resources.requests." + request.group(1);
            return Finding.of("hpa-missing-requests", troubles)
                    .culprit(new Culprit(scaled.text("kind"), scaled.text("name"), request.group(2), field, null))
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
        return NO_METRICS.stream().anyMatch(said::contains)
                ? Finding.of("hpa-no-metrics", troubles)
                        .culprit(Culprits.template(workload, "spec.metrics", null))
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
}
