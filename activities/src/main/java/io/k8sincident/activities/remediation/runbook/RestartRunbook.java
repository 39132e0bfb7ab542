package io.k8sincident.activities.remediation.runbook;

import io.k8sincident.activities.diagnosis.rules.Finding;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import io.k8sincident.workflows.model.Action;
import io.k8sincident.workflows.model.Offer;
import io.k8sincident.workflows.model.Risk;
import io.k8sincident.workflows.model.Target;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Restarts the rollout where a new pod would start from something that the failing ones do not see: the ConfigMap or Secret
 * that was missing exists by now. Anywhere else a restart repeats the failure, so it is not offered.
 */
final class RestartRunbook implements Runbook {
    private static final Set<String> RESTARTABLE = Set.of("Deployment", "StatefulSet");
    private static final Set<String> CAUSES =
            Set.of("missing-configmap", "missing-secret", "missing-configmap-volume", "missing-secret-volume");

    @Override
    public List<Offer> offers(Finding cause, WorkloadView workload) {
        boolean thereNow = CAUSES.contains(cause.cause())
                && cause.common().filter(object -> exists(workload, object)).isPresent();
        return thereNow && RESTARTABLE.contains(workload.kind()) && Template.reachesThePods(workload)
                ? List.of(new Offer(
                        "restart-rollout",
                        Risk.LOW,
                        List.of(new Action.RestartRollout(
                                workload.resource().target(), workload.cluster().takenAt())),
                        List.of()))
                : List.of();
    }

    @Override
    public Optional<String> mayOffer(String cause) {
        return CAUSES.contains(cause)
                ? Optional.of("restart the rollout, once what was missing exists (LOW)")
                : Optional.empty();
    }

    private static boolean exists(WorkloadView workload, Target object) {
        return workload.cluster()
                .find(object.kind(), workload.namespace(), object.name())
                .isPresent();
    }
}
