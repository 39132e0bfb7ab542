package io.k8sincident.activities.execution;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.execution.Settlement.Settled;
import io.k8sincident.activities.kubernetes.ClusterWriter;
import io.k8sincident.activities.kubernetes.MergePatch;
import io.k8sincident.activities.kubernetes.WriteAnswer;
import io.k8sincident.activities.plan.Change;
import io.k8sincident.activities.plan.ChangeRefusedException;
import io.k8sincident.activities.plan.ObjectImage;
import io.k8sincident.workflows.model.Execution.Status;
import io.k8sincident.workflows.model.Target;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A merge patch of a workload, made from the read whose resourceVersion it carries. If the object moves on between read and
 * patch without changing in what was approved, it is made and sent anew.
 *
 * @param mark the plan annotation that will prove it
 * @param sent whether the trail knows of a write with this mark; anybody who may patch the object can put it there
 */
record PatchRequest(
        ClusterWriter cluster, String mark, Target target, BooleanSupplier sent, Expectation expectation, Change change)
        implements Request {
    private static final int SENDS = 3;
    private static final int UNPROCESSABLE = 422;

    @Override
    public int sends() {
        return SENDS;
    }

    @Override
    public Attempt attempt(@Nullable Conflict conflict) {
        ObjectNode live = Live.read(cluster, target);
        if (PatchTrace.markOf(live).equals(mark)) {
            if (!sent.getAsBoolean()) {
                throw new HaltedException(
                        Status.STALE,
                        "the object carries the annotation of this write, which was never sent: somebody else put it"
                                + " there");
            }
            return new Attempt.Done(new Settled(Status.APPLIED, "it was applied before", Live.version(live)));
        }
        expectation.require(live);
        if (conflict != null) {
            requireExplained(conflict, live);
        }
        ObjectNode patch = MergePatch.guarded(MergePatch.between(live, desired(live)), live);
        return new Attempt.Ready(target, Live.uid(live), Live.version(live), Live.generation(live), patch);
    }

    @Override
    public WriteAnswer send(Attempt.Ready ready) {
        return cluster.write(target, ready.body());
    }

    @Override
    public HaltedException contested(Conflict conflict) {
        return new HaltedException(
                Status.REFUSED, "the object changed between read and write " + SENDS + " times in a row");
    }

    @Override
    public Trace trace() {
        return new PatchTrace(cluster, target);
    }

    /** A 422 is a conflict only if the object has moved on; otherwise the API server finds the patch invalid. */
    private static void requireExplained(Conflict conflict, ObjectNode live) {
        if (conflict.answer().code() == UNPROCESSABLE && Live.version(live).equals(conflict.resourceVersion())) {
            throw Sender.refused(conflict.answer());
        }
    }

    /** The object after the change, with the mark. */
    private ObjectNode desired(ObjectNode live) {
        try {
            ObjectNode desired = change.of(live);
            desired.withObjectProperty("metadata")
                    .withObjectProperty("annotations")
                    .put(ObjectImage.PLAN_ANNOTATION, mark);
            return desired;
        } catch (ChangeRefusedException e) {
            throw new HaltedException(Status.STALE, String.valueOf(e.getMessage()));
        }
    }
}
