package io.k8sincident.activities.diagnosis.view;

import io.k8sincident.activities.evidence.Fields;
import io.k8sincident.activities.evidence.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** An autoscaler that cannot act, or that would go beyond its maximum. */
final class AutoscalerTroubles {
    /** What it says of every workload whose pods have not run for long enough to be measured. */
    private static final List<String> NOT_MEASURED_YET =
            List.of("no metrics returned", "did not receive metrics", "no recommendation", "pods might be unready");

    private static final Duration FIRST_METRICS_TAKE = Duration.ofMinutes(5);

    private AutoscalerTroubles() {}

    static Optional<Trouble> of(ClusterView cluster, Resource autoscaler) {
        return condition(autoscaler, "AbleToScale", "False")
                .filter(condition -> condition.text("reason").equals("FailedGetScale"))
                .or(() -> inactive(cluster, autoscaler))
                .or(() -> atMaximum(autoscaler))
                .map(condition -> trouble(autoscaler, condition));
    }

    private static Optional<Fields> inactive(ClusterView cluster, Resource autoscaler) {
        return condition(autoscaler, "ScalingActive", "False")
                .filter(condition -> condition.text("reason").startsWith("FailedGet")
                        || condition.text("reason").equals("InvalidMetricSourceType"))
                .filter(condition -> !notMeasuredYet(cluster, autoscaler, condition));
    }

    private static boolean notMeasuredYet(ClusterView cluster, Resource autoscaler, Fields condition) {
        boolean said = NOT_MEASURED_YET.stream().anyMatch(condition.text("message")::contains);
        boolean young =
                Troubles.ago(cluster, condition.time("lastTransitionTime")).compareTo(FIRST_METRICS_TAKE) < 0;
        return said && (young || !targetIsReady(cluster, autoscaler));
    }

    private static boolean targetIsReady(ClusterView cluster, Resource autoscaler) {
        Fields target = autoscaler.fields().child("spec", "scaleTargetRef");
        return cluster.find(target.text("kind"), autoscaler.namespace(), target.text("name"))
                .map(Resource::fields)
                .filter(fields -> fields.number("status", "readyReplicas").orElse(0)
                                >= fields.number("spec", "replicas").orElse(1)
                        && fields.number("spec", "replicas").orElse(1) > 0)
                .isPresent();
    }

    /** The controller's own words for wanting more replicas than it may have: a metric is above its target. */
    private static Optional<Fields> atMaximum(Resource autoscaler) {
        long most = autoscaler.fields().number("spec", "maxReplicas").orElse(Long.MAX_VALUE);
        boolean there = autoscaler.fields().number("status", "currentReplicas").orElse(0) >= most;
        return condition(autoscaler, "ScalingLimited", "True")
                .filter(condition -> there
                        && condition.text("reason").equals("TooManyReplicas")
                        && condition(autoscaler, "ScalingActive", "True").isPresent()
                        && !DeclaredIntent.of(autoscaler));
    }

    private static Optional<Fields> condition(Resource autoscaler, String type, String status) {
        return autoscaler.fields().list("status", "conditions").stream()
                .filter(condition -> condition.text("type").equals(type)
                        && condition.text("status").equals(status))
                .findFirst();
    }

    private static Trouble trouble(Resource autoscaler, Fields condition) {
        return ObjectTroubles.trouble(
                condition.text("reason"),
                new Fact(
                        autoscaler.kindName() + " status.conditions[type=" + condition.text("type") + "]",
                        condition.text("reason") + ": " + Message.of(condition, "message"),
                        condition.toString()),
                condition);
    }
}
