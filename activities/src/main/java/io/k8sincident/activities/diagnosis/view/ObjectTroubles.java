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
        switch (object.kind()) {
            case "Deployment" -> paused(workload).ifPresent(troubles::add);
            case "CronJob" -> suspended(object).ifPresent(troubles::add);
            case "Ingress" -> missingBackend(workload.cluster(), object).ifPresent(troubles::add);
            case "Service" -> ServiceTroubles.of(workload.cluster(), object).ifPresent(troubles::add);
            case "HorizontalPodAutoscaler" -> inactive(object).ifPresent(troubles::add);
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

    private static Optional<Trouble> suspended(Resource cronJob) {
        return cronJob.fields().flag("spec", "suspend") && !DeclaredIntent.of(cronJob)
                ? Optional.of(trouble(
                        "",
                        Fact.field(cronJob, "spec.suspend", "the CronJob is suspended"),
                        cronJob.fields().child("no such field")))
                : Optional.empty();
    }

    private static Optional<Trouble> missingBackend(ClusterView cluster, Resource ingress) {
        return Backends.of(ingress).stream()
                .filter(service -> cluster.absent("Service", ingress.namespace(), service))
                .findFirst()
                .map(service -> trouble(
                        "",
                        Fact.absent("Service", ingress.namespace(), service),
                        ingress.fields().child("no such field")));
    }

    private static Optional<Trouble> inactive(Resource autoscaler) {
        return autoscaler.fields().list("status", "conditions").stream()
                .filter(condition -> condition.text("type").equals("ScalingActive")
                        && condition.text("status").equals("False")
                        && condition.text("reason").startsWith("FailedGet"))
                .findFirst()
                .map(condition -> trouble(
                        condition.text("reason"),
                        new Fact(
                                autoscaler.kindName() + " status.conditions[type=ScalingActive]",
                                condition.text("reason") + ": " + Message.of(condition, "message"),
                                condition.toString()),
                        condition));
    }

    private static Trouble trouble(String symptom, Fact fact, Fields condition) {
        return new Trouble(
                Kind.OBJECT,
                null,
                null,
                symptom,
                fact,
                condition.time("lastTransitionTime").orElse(null));
    }
}
