package io.k8sincident.activities.diagnosis.view;

import io.k8sincident.activities.diagnosis.view.Trouble.Kind;
import io.k8sincident.activities.evidence.Fields;
import io.k8sincident.activities.evidence.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is wrong with the object at the top itself, whatever its pods do. */
final class ObjectTroubles {
    private ObjectTroubles() {}

    static List<Trouble> of(WorkloadView workload) {
        List<Trouble> troubles = new ArrayList<>();
        Resource object = workload.resource();
        ClusterView cluster = workload.cluster();
        KeptObjects.of(cluster, object).ifPresent(troubles::add);
        switch (object.kind()) {
            case "Deployment" -> paused(workload).ifPresent(troubles::add);
            case "StatefulSet" -> Partition.trouble(workload).ifPresent(troubles::add);
            case "CronJob" -> CronJobTroubles.of(cluster, object).ifPresent(troubles::add);
            case "Ingress" -> IngressTroubles.of(cluster, object).ifPresent(troubles::add);
            case "Service" -> ServiceTroubles.of(cluster, object).ifPresent(troubles::add);
            case "HorizontalPodAutoscaler" ->
                AutoscalerTroubles.of(cluster, object).ifPresent(troubles::add);
            case "PersistentVolumeClaim" -> ClaimTroubles.of(cluster, object).ifPresent(troubles::add);
            case "PodDisruptionBudget" -> Disruption.refused(cluster, object).ifPresent(troubles::add);
            default -> {}
        }
        return troubles;
    }

    /** Paused with a template that no revision has yet: a change that does not come. */
    private static Optional<Trouble> paused(WorkloadView workload) {
        Resource deployment = workload.resource();
        if (!deployment.fields().flag("spec", "paused") || DeclaredIntent.of(deployment)) {
            return Optional.empty();
        }
        Fields wanted = deployment.fields().child("spec", "template", "spec");
        boolean pending = workload.currentRevision()
                .filter(current -> !current.template().child("spec").json().equals(wanted.json()))
                .isPresent();
        return pending
                ? Optional.of(trouble(
                        "DeploymentPaused",
                        Fact.field(deployment, "spec.paused", "the Deployment is paused"),
                        workload.condition("Progressing").orElse(wanted.child("no such field"))))
                : Optional.empty();
    }

    /** A trouble that a condition tells of, or none. */
    static Trouble trouble(String symptom, Fact fact, Fields condition) {
        return new Trouble(
                Kind.OBJECT,
                null,
                null,
                symptom,
                fact,
                condition.time("lastTransitionTime").orElse(null));
    }

    /** A trouble of which nobody knows since when. */
    static Trouble trouble(String symptom, Fact fact) {
        return new Trouble(Kind.OBJECT, null, null, symptom, fact, null);
    }
}
