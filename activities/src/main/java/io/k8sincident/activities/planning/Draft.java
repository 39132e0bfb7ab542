package io.k8sincident.activities.planning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.blob.BlobStore;
import io.k8sincident.activities.evidence.ClusterException;
import io.k8sincident.activities.evidence.Fields;
import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.activities.evidence.TemplateReach;
import io.k8sincident.activities.kubernetes.ClusterWriter;
import io.k8sincident.activities.plan.Change;
import io.k8sincident.activities.plan.ChangeRefusedException;
import io.k8sincident.activities.plan.ObjectImage;
import io.k8sincident.activities.planning.DryRun.ChangedMeanwhileException;
import io.k8sincident.workflows.model.Action;
import io.k8sincident.workflows.model.ErrorCode;
import io.k8sincident.workflows.model.PlannedAction;
import io.k8sincident.workflows.model.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Chosen actions, tried out on the object as it is now.
 *
 * @param live the object that was read
 * @param target with the uid that was read
 * @param after the image once all actions are applied
 * @param more how much longer than for one change of a template it may take until the workload is well
 */
record Draft(ObjectNode live, Target target, List<PlannedAction> actions, ObjectImage after, Duration more) {
    private static final int ATTEMPTS = 3;
    /** What a person can review, and what fits a workflow history. */
    private static final int LONGEST_DIFF = 24 * 1024;

    Draft {
        actions = List.copyOf(actions);
    }

    /**
     * Reads the target and tries the actions one on top of the other.
     *
     * @param snapshot what they were chosen by
     * @throws NoSafeActionException if they cannot be done
     */
    static Draft of(
            Choice choice,
            Target target,
            Snapshot snapshot,
            ClusterWriter cluster,
            BlobStore blobs,
            UnaryOperator<String> redactor) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                return attempt(choice, target, snapshot, cluster, blobs, redactor);
            } catch (ChangedMeanwhileException e) {
                // The status of a crashing workload changes often; what was read is read again.
            } catch (ChangeRefusedException e) {
                throw new NoSafeActionException(String.valueOf(e.getMessage()));
            }
        }
        throw new ClusterException(
                ErrorCode.CLUSTER_BUSY,
                target.path() + " changed during each of " + ATTEMPTS
                        + " dry runs. Nothing was changed. Next: wait until it changes less often");
    }

    private static Draft attempt(
            Choice choice,
            Target target,
            Snapshot snapshot,
            ClusterWriter cluster,
            BlobStore blobs,
            UnaryOperator<String> redactor) {
        ObjectNode live = cluster.read(target)
                .orElseThrow(() -> new NoSafeActionException(
                        target.path() + " does not exist any more; is another object at fault?"));
        Target bound = bound(target, live);
        if (EvictionDraft.isOf(choice)) {
            return EvictionDraft.of(choice, live, bound, snapshot, cluster, blobs);
        }
        TemplateReach.obstacle(target.path(), Fields.of(live)).ifPresent(obstacle -> {
            throw new NoSafeActionException(obstacle);
        });
        DryRun dryRun = new DryRun(cluster);
        List<PlannedAction> planned = new ArrayList<>();
        ObjectImage before = ObjectImage.of(live);
        ObjectNode desired = live;
        for (Action chosen : choice.actions()) {
            Action action = BoundActions.bind(chosen, bound, cluster);
            desired = Change.of(action, cluster).of(desired);
            DryRun.Result result = dryRun.of(bound, live, desired);
            planned.add(plannedAction(action, live, before, result, redactor));
            requireReviewable(planned);
            before.store(blobs);
            result.after().store(blobs);
            before = result.after();
            desired = onTopOf(live, result.after());
        }
        return new Draft(live, bound, planned, before, Duration.ZERO);
    }

    private static Target bound(Target target, ObjectNode live) {
        String uid = live.path("metadata").path("uid").asText();
        if (target.uid() != null && !target.uid().equals(uid)) {
            throw new NoSafeActionException(target.path() + " was recreated since it was diagnosed (its uid is " + uid
                    + " now); start a new incident for it");
        }
        if (live.path("metadata").hasNonNull("deletionTimestamp")) {
            throw new NoSafeActionException(target.path() + " is being deleted; is that intended?");
        }
        return target.withUid(uid);
    }

    /** The object as the API server would have it after the change, as the start of the next one. */
    private static ObjectNode onTopOf(ObjectNode live, ObjectImage after) {
        return after.putBack(live);
    }

    private static PlannedAction plannedAction(
            Action action, ObjectNode live, ObjectImage before, DryRun.Result result, UnaryOperator<String> redactor) {
        if (before.digest().equals(result.after().digest())) {
            throw new NoSafeActionException(
                    "it would change nothing to " + action.describe() + ": it is so already; what else is wrong?");
        }
        String diff = YamlDiff.between(before, result.after(), redactor);
        return new PlannedAction(
                action, before.digest(), result.after().digest(), diff, result.from(), Undo.command(action, live));
    }

    private static void requireReviewable(List<PlannedAction> planned) {
        int length = planned.stream().mapToInt(each -> each.diff().length()).sum();
        if (length > LONGEST_DIFF) {
            throw new NoSafeActionException("the change is too large to be reviewed here (" + length
                    + " characters of diff, at most " + LONGEST_DIFF + "); who can make it by hand?");
        }
    }
}
