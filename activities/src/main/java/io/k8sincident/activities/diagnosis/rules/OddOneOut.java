package io.k8sincident.activities.diagnosis.rules;

import io.k8sincident.activities.diagnosis.rules.Cause.Family;
import io.k8sincident.activities.diagnosis.view.PodView;
import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import io.k8sincident.workflows.model.Culprit;
import java.util.List;
import java.util.Optional;

/**
 * One pod of a StatefulSet, or the pod of a DaemonSet on one node, fails by itself, while others of the same revision are
 * ready: what differs is not the template but the pod's own data, or its node. It says where the fault lies, and takes
 * second place after a cause that is proven.
 */
final class OddOneOut implements Rule {
    @Override
    public Optional<Finding> examine(WorkloadView workload) {
        boolean stateful = workload.kind().equals("StatefulSet");
        if (!stateful && !workload.kind().equals("DaemonSet")) {
            return Optional.empty();
        }
        List<Trouble> troubles = workload.troubles(
                        Trouble.Kind.ENDED, Trouble.Kind.NOT_READY, Trouble.Kind.NOT_PREPARED)
                .toList();
        List<PodView> failing =
                troubles.stream().map(Scheduling::pod).distinct().toList();
        if (failing.size() != 1) {
            return Optional.empty();
        }
        PodView odd = failing.get(0);
        return sibling(workload, odd)
                .flatMap(well -> Finding.of(cause(stateful), troubles)
                        .likely()
                        .culprit(culprit(stateful, odd))
                        .claim("pod " + odd.name() + " fails", troubles.get(0).fact())
                        .claim("pod " + well.name() + " of the same revision is ready", well.conditionFact("Ready"))
                        .not("app-exit", "the same template works elsewhere", well.conditionFact("Ready"))
                        .found());
    }

    private static String cause(boolean stateful) {
        return stateful ? "statefulset-ordinal-stuck" : "daemonset-failing-on-node";
    }

    private static Culprit culprit(boolean stateful, PodView odd) {
        return stateful
                ? Culprits.object("Pod", odd.name(), null, null)
                : Culprits.object("Node", odd.resource().fields().text("spec", "nodeName"), null, null);
    }

    /** A ready pod of the same revision, on another node where that matters. */
    private static Optional<PodView> sibling(WorkloadView workload, PodView odd) {
        String revision = odd.resource().label("controller-revision-hash");
        return workload.pods().stream()
                .filter(pod -> pod.ready() && !pod.terminating() && !pod.name().equals(odd.name()))
                .filter(pod -> pod.resource().label("controller-revision-hash").equals(revision))
                .findFirst();
    }

    @Override
    public List<Cause> causes() {
        return List.of(
                new Cause(
                        "statefulset-ordinal-stuck",
                        Family.ROLLOUT,
                        "One pod of a StatefulSet fails by itself, so that those after it are not made or updated.",
                        "exactly one pod fails, and another of the same controller-revision-hash is ready",
                        "a proven cause in the pod itself; a new revision that only this pod has"),
                new Cause(
                        "daemonset-failing-on-node",
                        Family.ROLLOUT,
                        "The pod of a DaemonSet fails on one node and runs on others: the node differs.",
                        "exactly one pod fails, and one of the same controller-revision-hash on another node is ready",
                        "a proven cause in the pod itself; a new revision that only this pod has"));
    }
}
