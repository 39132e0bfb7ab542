package io.k8sincident.activities.remediation.runbook;

import io.k8sincident.activities.diagnosis.rules.Cause;
import io.k8sincident.activities.diagnosis.rules.Cause.Family;
import io.k8sincident.activities.diagnosis.rules.Finding;
import io.k8sincident.activities.diagnosis.rules.Rules;
import io.k8sincident.activities.diagnosis.view.PodView;
import io.k8sincident.activities.diagnosis.view.RevisionView;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import io.k8sincident.activities.evidence.Fields;
import io.k8sincident.activities.evidence.OrderedRollout;
import io.k8sincident.workflows.model.Action;
import io.k8sincident.workflows.model.Offer;
import io.k8sincident.workflows.model.Risk;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Evicts the one pod for which a StatefulSet waits in vain: its template was mended since the pod was made, but with the
 * management {@code OrderedReady} the controller replaces no pod before all are ready, and this one never is. Kubernetes
 * documents that a person must delete the pod ("Forced rollback" of StatefulSets). Anywhere else a new pod is the same pod
 * again, so it is not offered; nor where another pod stands in the way too, since the controller would not get on, or not
 * even make the pod anew.
 */
final class EvictRunbook implements Runbook {
    private static final String REVISION = "controller-revision-hash";

    /** Where a cause lies in the pod, and so possibly in its template. */
    private static final Set<Family> OF_A_POD = Set.of(
            Family.CRASH,
            Family.COMMAND,
            Family.CONFIG,
            Family.IMAGE,
            Family.RESOURCES,
            Family.PROBE,
            Family.INIT,
            Family.SCHEDULING,
            Family.STORAGE,
            Family.SECURITY);

    /** What a new pod of another template meets again. */
    private static final Set<String> OUTSIDE_OF_THE_TEMPLATE =
            Set.of("bad-configmap-content", "certificate-expired", "nodes-cordoned");

    private static final Set<String> CAUSES = Rules.all().stream()
            .flatMap(rule -> rule.causes().stream())
            .filter(cause -> OF_A_POD.contains(cause.family()))
            .map(Cause::id)
            .filter(cause -> !OUTSIDE_OF_THE_TEMPLATE.contains(cause))
            .collect(Collectors.toUnmodifiableSet());

    @Override
    public List<Offer> offers(Finding cause, WorkloadView workload) {
        if (!CAUSES.contains(cause.cause())
                || !OrderedRollout.waits(workload.resource().fields())) {
            return List.of();
        }
        return inTheWay(workload)
                .filter(pod -> cause.explains().stream().anyMatch(trouble -> pod.equals(trouble.pod())))
                .filter(pod -> mended(cause, workload, pod))
                .map(pod -> List.of(offer(workload, pod)))
                .orElse(List.of());
    }

    @Override
    public Optional<String> mayOffer(String cause) {
        return CAUSES.contains(cause)
                ? Optional.of("evict the pod for which an OrderedReady StatefulSet waits, once what the cause names was"
                        + " changed in its template (LOW)")
                : Optional.empty();
    }

    /** The one pod that is not ready, if all before it are there and it has not the present template. */
    private static Optional<PodView> inTheWay(WorkloadView workload) {
        Fields set = workload.resource().fields();
        List<PodView> waiting = workload.pods().stream()
                .filter(pod -> !pod.ready() || pod.terminating())
                .toList();
        return waiting.size() == 1
                        && OrderedRollout.makesAnew(
                                set, names(workload), waiting.get(0).name())
                ? Optional.of(waiting.get(0)).filter(pod -> outdated(set, pod))
                : Optional.empty();
    }

    private static Set<String> names(WorkloadView workload) {
        return workload.pods().stream().map(PodView::name).collect(Collectors.toSet());
    }

    private static boolean outdated(Fields set, PodView pod) {
        String revision = pod.resource().label(REVISION);
        return pod.resource().controller().isPresent()
                && !pod.resource().uid().isEmpty()
                && !revision.isEmpty()
                && !revision.equals(set.text("status", "updateRevision"))
                && !pod.terminating();
    }

    /** Whether the present template differs from the pod's own in what the cause names, as the revisions have both. */
    private static boolean mended(Finding cause, WorkloadView workload, PodView pod) {
        Optional<RevisionView> own = workload.revisions().stream()
                .filter(revision -> revision.pods().contains(pod))
                .findFirst();
        return workload.currentRevision()
                .flatMap(current -> own.filter(former -> new Mended(former, current).of(workload, cause.culprit())))
                .isPresent();
    }

    private static Offer offer(WorkloadView workload, PodView pod) {
        Action action = new Action.EvictPod(
                workload.resource().target(), pod.name(), pod.resource().uid());
        return new Offer("evict-pod", Risk.LOW, List.of(action), List.of());
    }
}
