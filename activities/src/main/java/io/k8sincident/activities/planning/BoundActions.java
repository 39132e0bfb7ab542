package io.k8sincident.activities.planning;

import io.k8sincident.activities.kubernetes.ClusterWriter;
import io.k8sincident.activities.plan.PodTemplate;
import io.k8sincident.activities.plan.Revisions;
import io.k8sincident.workflows.model.Action;
import io.k8sincident.workflows.model.Target;

/** Ties actions to the objects as they are in the cluster now. */
final class BoundActions {
    private BoundActions() {}

    /**
     * The same action on the target with the uid that was read. A roll-back is tied to its revision's template as the
     * cluster holds it: the one in a snapshot is redacted, so its digest may be another.
     */
    static Action bind(Action action, Target target, ClusterWriter cluster) {
        if (action instanceof Action.RollBack rollBack) {
            return new Action.RollBack(
                    target,
                    rollBack.revision(),
                    rollBack.replicaSet(),
                    rollBack.replicaSetUid(),
                    PodTemplate.digest(Revisions.template(rollBack, cluster)),
                    rollBack.readiness(),
                    rollBack.readinessProven());
        }
        if (action instanceof Action.RestartRollout restart) {
            return new Action.RestartRollout(target, restart.restartedAt());
        }
        if (action instanceof Action.SetCommand set) {
            return new Action.SetCommand(target, set.container(), set.command());
        }
        if (action instanceof Action.EvictPod evict) {
            return new Action.EvictPod(target, evict.pod(), evict.podUid());
        }
        Action.SetImage set = (Action.SetImage) action;
        return new Action.SetImage(target, set.container(), set.image());
    }
}
