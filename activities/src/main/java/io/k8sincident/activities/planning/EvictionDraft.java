package io.k8sincident.activities.planning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.blob.BlobStore;
import io.k8sincident.activities.evidence.Fields;
import io.k8sincident.activities.evidence.OrderedRollout;
import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.activities.kubernetes.ClusterWriter;
import io.k8sincident.activities.plan.Evictions;
import io.k8sincident.activities.plan.ObjectImage;
import io.k8sincident.workflows.model.Action;
import io.k8sincident.workflows.model.PlannedAction;
import io.k8sincident.workflows.model.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * An eviction, tried out on the pod as it is now. The workload is bound as by any other plan, and stays as it is; what is
 * shown as the difference is the pod that goes and what comes in its place.
 */
final class EvictionDraft {
    private static final String REVISION = "controller-revision-hash";
    private static final int DEFAULT_GRACE = 30;

    private EvictionDraft() {}

    static boolean isOf(Choice choice) {
        return choice.actions().stream().anyMatch(Action.EvictPod.class::isInstance);
    }

    /**
     * The draft of a plan that evicts one pod and does nothing else.
     *
     * @throws NoSafeActionException if it cannot be evicted, or that would not help
     */
    static Draft of(
            Choice choice, ObjectNode live, Target bound, Snapshot snapshot, ClusterWriter cluster, BlobStore blobs) {
        if (choice.actions().size() != 1) {
            throw new NoSafeActionException("a plan evicts one pod and does nothing else; which pod should go first?");
        }
        Action.EvictPod action =
                (Action.EvictPod) BoundActions.bind(choice.actions().get(0), bound, cluster);
        requireAsDiagnosed(action, live, snapshot);
        ObjectNode pod = cluster.read(action.podTarget())
                .orElseThrow(() -> new NoSafeActionException("pod " + action.pod()
                        + " is gone meanwhile; start a new incident if the trouble is still there"));
        Evictions.drift(action, pod).ifPresent(drift -> {
            throw new NoSafeActionException(drift + "; start a new incident if the trouble is still there");
        });
        String diff = diff(action, live, pod);
        String from = new EvictionDryRun(cluster).of(action);
        ObjectImage image = ObjectImage.of(live);
        String digest = image.store(blobs);
        PlannedAction planned = new PlannedAction(action, digest, digest, diff, from, Undo.command(action, live));
        Duration more = grace(pod).plus(VerificationPlanner.START.multipliedBy(StatefulPods.outdatedBeside(live)));
        return new Draft(live, bound, List.of(planned), image, more);
    }

    /** The template could be another, or its controller not wait any more, since the evidence was collected. */
    private static void requireAsDiagnosed(Action.EvictPod action, ObjectNode live, Snapshot snapshot) {
        Fields set = Fields.of(live);
        boolean edited = snapshot.find("StatefulSet", set.text("metadata", "namespace"), set.text("metadata", "name"))
                .map(diagnosed -> diagnosed.fields().number("metadata", "generation"))
                .filter(generation -> !generation.equals(set.number("metadata", "generation")))
                .isPresent();
        if (edited) {
            throw new NoSafeActionException(
                    action.target().path()
                            + " was edited since the evidence was collected; start a new incident if the trouble is still there");
        }
        if (!OrderedRollout.waits(set) || !OrderedRollout.fromThePresentTemplate(set, action.pod())) {
            throw new NoSafeActionException(action.target().path() + " would not make pod " + action.pod()
                    + " anew from its present template by itself; what should become of the pod?");
        }
        if (OrderedRollout.notReady(set) != 1) {
            throw new NoSafeActionException(
                    OrderedRollout.notReady(set) + " pods of " + action.target().path()
                            + " are not ready, so its controller may not make pod " + action.pod()
                            + " anew; what is wrong with the others?");
        }
    }

    private static String diff(Action.EvictPod action, ObjectNode live, ObjectNode pod) {
        String old = pod.path("metadata").path("labels").path(REVISION).asText();
        String next = live.path("status").path("updateRevision").asText();
        if (!old.isEmpty() && old.equals(next)) {
            throw new NoSafeActionException(
                    "pod " + action.pod() + " has the present template already; what else is wrong with it?");
        }
        List<String> lines = new ArrayList<>(List.of(
                "--- pod " + action.pod(),
                "+++ pod " + action.pod() + ", made anew",
                "-uid: " + action.podUid(),
                "-revision: " + old,
                "-goes within: " + grace(pod).toSeconds() + " s",
                "+uid: a new one",
                "+revision: " + next,
                "+made by: the controller of " + action.target().typed() + ", from its present template; claims stay"));
        if (StatefulPods.outdatedBeside(live) > 0) {
            lines.add("+pods of earlier templates that the controller replaces after it, one by one: "
                    + StatefulPods.outdatedBeside(live));
        }
        return String.join("\n", lines);
    }

    private static Duration grace(ObjectNode pod) {
        return Duration.ofSeconds(
                pod.path("spec").path("terminationGracePeriodSeconds").asLong(DEFAULT_GRACE));
    }
}
