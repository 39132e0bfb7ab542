package io.k8sincident.activities.remediation.runbook;

import io.k8sincident.activities.diagnosis.rules.Finding;
import io.k8sincident.activities.diagnosis.view.PodView;
import io.k8sincident.activities.diagnosis.view.RevisionView;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import io.k8sincident.workflows.model.Action;
import io.k8sincident.workflows.model.Offer;
import io.k8sincident.workflows.model.Risk;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Goes back to the last revision that was ready, where the failing template differs from it in what the cause names.
 * Kubernetes keeps no record of when a revision was ready: proof is a pod of it that is ready now, or that the cluster
 * scaled an even earlier revision down to its favour; with proof the risk is low, without it medium.
 */
final class RollBackRunbook implements Runbook {
    /** Undoing the rollout does not undo what lies outside of the template. */
    private static final Set<String> OUTSIDE_OF_THE_TEMPLATE = Set.of(
            "bad-configmap-content",
            "certificate-expired",
            "node-not-ready",
            "node-memory-pressure",
            "node-disk-pressure",
            "nodes-cordoned",
            "deployment-paused",
            "admission-webhook-unavailable");

    @Override
    public List<Offer> offers(Finding cause, WorkloadView workload) {
        if (!workload.kind().equals("Deployment") || OUTSIDE_OF_THE_TEMPLATE.contains(cause.cause())) {
            return List.of();
        }
        Optional<RevisionView> current = workload.currentRevision();
        return current.flatMap(failing -> workload.formerRevisions().stream()
                        .filter(former -> former.template().json().isObject())
                        .filter(former -> Template.differs(failing, former, cause.culprit()))
                        .min(Comparator.comparing(
                                former -> proof(workload, former).isEmpty())))
                .map(former -> offer(workload, former))
                .map(List::of)
                .orElse(List.of());
    }

    @Override
    public Optional<String> mayOffer(String cause) {
        return OUTSIDE_OF_THE_TEMPLATE.contains(cause)
                ? Optional.empty()
                : Optional.of(
                        "roll a Deployment back, where an earlier revision differs in what the cause names (LOW if"
                                + " that revision was ready, else MEDIUM)");
    }

    private static Offer offer(WorkloadView workload, RevisionView former) {
        Optional<String> proof = proof(workload, former);
        Action.RollBack action = new Action.RollBack(
                workload.resource().target(),
                former.number(),
                former.holder().name(),
                former.holder().uid(),
                former.templateDigest(),
                proof.orElse("readiness not proven"),
                proof.isPresent());
        return new Offer("roll-back", proof.isPresent() ? Risk.LOW : Risk.MEDIUM, List.of(action), List.of());
    }

    private static Optional<String> proof(WorkloadView workload, RevisionView former) {
        return former.readyPod()
                .map(PodView::name)
                .map(pod -> "its pod " + pod + " is ready now")
                .or(() -> tookOver(workload, former))
                .or(() -> seenReady(workload, former));
    }

    private static Optional<String> seenReady(WorkloadView workload, RevisionView former) {
        return Optional.ofNullable(workload.cluster()
                        .snapshot()
                        .seenReady()
                        .get(former.holder().uid()))
                .map(when -> "a snapshot of " + when.truncatedTo(ChronoUnit.SECONDS) + " saw it ready");
    }

    /** A Deployment scales an earlier revision down to nothing only as the pods of the next one become available. */
    private static Optional<String> tookOver(WorkloadView workload, RevisionView former) {
        Instant until = workload.currentRevision()
                .flatMap(current -> current.holder().fields().time("metadata", "creationTimestamp"))
                .orElse(Instant.MIN);
        return workload.revisions().stream()
                .filter(earlier -> earlier.number() < former.number())
                .map(earlier -> "Scaled down replica set " + earlier.holder().name() + " from ")
                .filter(words -> workload.cluster().events(workload.resource()).stream()
                        .anyMatch(event -> event.message().startsWith(words)
                                && event.message().endsWith(" to 0")
                                && event.last().orElse(Instant.MAX).isBefore(until)))
                .findFirst()
                .map(words -> "an earlier revision was scaled to 0 in its favour");
    }
}
