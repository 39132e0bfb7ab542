package io.k8sincident.activities.execution;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.audit.ChainedEntry;
import io.k8sincident.activities.execution.Settlement.Settled;
import io.k8sincident.activities.kubernetes.ClusterWriter;
import io.k8sincident.activities.plan.ObjectImage;
import io.k8sincident.workflows.model.Execution.Status;
import io.k8sincident.workflows.model.Target;
import java.util.Optional;

/** A patch leaves the plan annotation on the object that it changes. */
record PatchTrace(ClusterWriter cluster, Target target) implements Trace {
    @Override
    public Settled look(ChainedEntry intent, boolean over) {
        Optional<ObjectNode> live = cluster.read(target);
        if (live.isEmpty() || !Live.uid(live.get()).equals(intent.detail("uid"))) {
            return new Settled(
                    Status.UNKNOWN,
                    "the object that it was sent for does not exist any more; whether it was applied before cannot be"
                            + " read",
                    "");
        }
        String now = Live.version(live.get());
        if (markOf(live.get()).equals(intent.detail("mark"))) {
            return new Settled(Status.APPLIED, "it was applied: the object carries its annotation", now);
        }
        if (now.equals(intent.detail("resourceVersion"))) {
            return Settled.notSeen(over, now);
        }
        return mayBeGone(intent, live.get())
                ? new Settled(
                        Status.UNKNOWN,
                        "somebody has changed the object since, more than once or in a way that takes annotations away;"
                                + " whether it was applied before cannot be read",
                        now)
                : new Settled(
                        Status.NOT_APPLIED,
                        "it was not applied: the object has moved on from the version that the write was bound to",
                        now);
    }

    /**
     * Whether our annotation may have been there and was taken away, as {@code kubectl rollout undo} and {@code kubectl
     * replace} do. Our write counts the generation up, and so does who takes the annotation away from a Deployment; of
     * other kinds the API server counts changes of the spec alone.
     */
    private boolean mayBeGone(ChainedEntry intent, ObjectNode live) {
        String before = intent.detail("generation");
        if (before.isEmpty()) {
            return true;
        }
        long since = Live.generation(live) - Long.parseLong(before);
        return since > (target.kind().equals("Deployment") ? 1 : 0);
    }

    static String markOf(ObjectNode live) {
        return live.path("metadata")
                .path("annotations")
                .path(ObjectImage.PLAN_ANNOTATION)
                .asText();
    }
}
