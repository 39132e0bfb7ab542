package io.k8sincident.activities.remediation.runbook;

import io.k8sincident.activities.diagnosis.rules.Cause;
import io.k8sincident.activities.diagnosis.rules.Cause.Family;
import io.k8sincident.activities.diagnosis.rules.Finding;
import io.k8sincident.activities.diagnosis.rules.Rules;
import io.k8sincident.activities.diagnosis.view.PodView;
import io.k8sincident.activities.diagnosis.view.RevisionView;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import io.k8sincident.activities.evidence.Fields;
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
 * again, so it is not offered.
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
            .filter(cause -> OF_A_POD.contains(cause.family()) || cause.id().equals("statefulset-ordinal-stuck"))
            .map(Cause::id)
            .filter(cause -> !OUTSIDE_OF_THE_TEMPLATE.contains(cause))
            .collect(Collectors.toUnmodifiableSet());

    @Override
    public List<Offer> offers(Finding cause, WorkloadView workload) {
        if (!CAUSES.contains(cause.cause()) || !observed(workload)) {
            return List.of();
        }
        List<PodView> stuck = workload.pods().stream()
                .filter(pod -> cause.explains().stream().anyMatch(trouble -> pod.equals(trouble.pod())))
                .filter(pod -> waitedFor(workload, pod))
                .filter(pod -> mended(cause, workload, pod))
                .toList();
        return stuck.size() == 1 ? List.of(offer(workload, stuck.get(0))) : List.of();
    }

    @Override
    public Optional<String> mayOffer(String cause) {
        return CAUSES.contains(cause)
                ? Optional.of("evict the pod for which an OrderedReady StatefulSet waits, once what the cause names was"
                        + " changed in its template (LOW)")
                : Optional.empty();
    }

    /** Whether the present template differs from the pod's own in what the cause names, as the revisions have both. */
    private static boolean mended(Finding cause, WorkloadView workload, PodView pod) {
        Optional<RevisionView> own = workload.revisions().stream()
                .filter(revision -> revision.pods().contains(pod))
                .findFirst();
        return workload.currentRevision()
                .flatMap(current -> own.filter(former -> Template.differs(former, current, cause.culprit())))
                .isPresent();
    }

    /** Whether the controller has seen the present template, waits for each pod, and would make a pod anew from it. */
    private static boolean observed(WorkloadView workload) {
        Fields set = workload.resource().fields();
        return workload.kind().equals("StatefulSet")
                && !set.has("metadata", "deletionTimestamp")
                && defaulted(set.text("spec", "podManagementPolicy"), "OrderedReady")
                && defaulted(set.text("spec", "updateStrategy", "type"), "RollingUpdate")
                && set.number("metadata", "generation").isPresent()
                && set.number("metadata", "generation").equals(set.number("status", "observedGeneration"))
                && !set.text("status", "updateRevision").isEmpty();
    }

    private static boolean waitedFor(WorkloadView workload, PodView pod) {
        String revision = pod.resource().label(REVISION);
        return pod.resource().controller().isPresent()
                && !pod.resource().uid().isEmpty()
                && !revision.isEmpty()
                && !revision.equals(workload.resource().fields().text("status", "updateRevision"))
                && !pod.ready()
                && !pod.terminating()
                && beyondPartition(workload, pod);
    }

    /** Below the partition the controller makes a pod anew from the old template. */
    private static boolean beyondPartition(WorkloadView workload, PodView pod) {
        long partition = workload.resource()
                .fields()
                .number("spec", "updateStrategy", "rollingUpdate", "partition")
                .orElse(0);
        String ordinal = pod.name().substring(pod.name().lastIndexOf('-') + 1);
        return ordinal.matches("[0-9]{1,9}") && Long.parseLong(ordinal) >= partition;
    }

    private static boolean defaulted(String value, String wanted) {
        return value.isEmpty() || value.equals(wanted);
    }

    private static Offer offer(WorkloadView workload, PodView pod) {
        Action action = new Action.EvictPod(
                workload.resource().target(), pod.name(), pod.resource().uid());
        return new Offer("evict-pod", Risk.LOW, List.of(action), List.of());
    }
}
