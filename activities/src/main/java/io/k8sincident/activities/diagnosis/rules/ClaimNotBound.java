package io.k8sincident.activities.diagnosis.rules;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.k8sincident.activities.diagnosis.rules.Cause.Family;
import io.k8sincident.activities.diagnosis.view.Fact;
import io.k8sincident.activities.diagnosis.view.PodView;
import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import io.k8sincident.activities.evidence.Resource;
import io.k8sincident.workflows.model.Target;
import java.util.List;
import java.util.Optional;

/**
 * A pod is not placed since a claim of it does not exist or is not bound, or a claim that no pod uses yet is not bound; why
 * it is not bound, {@link PendingClaim} says. Reads the scheduler's words of releases 1.19 to 1.36.
 */
final class ClaimNotBound implements Rule {
    private static final Pattern MISSING =
            Pattern.compile("persistentvolumeclaim \"([^\"]+)\" (not found|is being deleted)");
    private static final String UNBOUND = "unbound immediate PersistentVolumeClaims";
    private static final String NO_VOLUME = "didn't find available persistent volumes to bind";

    @Override
    public Optional<Finding> examine(WorkloadView workload) {
        if (workload.kind().equals("PersistentVolumeClaim")) {
            List<Trouble> troubles = workload.troubles(Trouble.Kind.OBJECT).toList();
            return troubles.isEmpty()
                    ? Optional.empty()
                    : PendingClaim.finding(workload.cluster(), workload.resource(), troubles);
        }
        return workload.troubles(Trouble.Kind.NOT_SCHEDULED)
                .map(trouble -> missing(workload, trouble).or(() -> unbound(workload, trouble)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static List<Trouble> all(WorkloadView workload, String words) {
        return workload.troubles(Trouble.Kind.NOT_SCHEDULED)
                .filter(trouble -> trouble.fact().summary().contains(words))
                .toList();
    }

    private static Optional<Finding> missing(WorkloadView workload, Trouble trouble) {
        Matcher said = MISSING.matcher(trouble.fact().summary());
        if (!said.find()) {
            return Optional.empty();
        }
        String name = said.group(1);
        Finding.Draft draft = Finding.of("missing-pvc", all(workload, said.group()))
                .culprit(
                        said.group(2).equals("not found")
                                ? Culprits.missing("PersistentVolumeClaim", name)
                                : Culprits.object(
                                        "PersistentVolumeClaim", name, "metadata.deletionTimestamp", "being deleted"))
                .claim("a claim that the pod needs does not exist or is to go", trouble.fact());
        if (workload.cluster().absent("PersistentVolumeClaim", workload.namespace(), name)) {
            draft.claim(
                    "there is no such claim in the namespace",
                    Fact.absent("PersistentVolumeClaim", workload.namespace(), name));
        }
        return draft.not("pvc-no-matching-pv", "there is no claim that could be bound", trouble.fact())
                .commonTo(new Target("v1", "PersistentVolumeClaim", workload.namespace(), name, null))
                .found();
    }

    private static Optional<Finding> unbound(WorkloadView workload, Trouble trouble) {
        String summary = trouble.fact().summary();
        String words = summary.contains(UNBOUND) ? UNBOUND : summary.contains(NO_VOLUME) ? NO_VOLUME : "";
        if (words.isEmpty()) {
            return Optional.empty();
        }
        PodView pod = Scheduling.pod(trouble);
        return PlacementCulprit.claimNames(pod).stream()
                .flatMap(name -> workload.cluster().find("PersistentVolumeClaim", workload.namespace(), name).stream())
                .filter(ClaimNotBound::notBound)
                .map(claim -> PendingClaim.finding(workload.cluster(), claim, all(workload, words)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static boolean notBound(Resource claim) {
        return !claim.fields().text("status", "phase").equals("Bound");
    }

    @Override
    public List<Cause> causes() {
        return List.of(
                new Cause(
                        "missing-pvc",
                        Family.STORAGE,
                        "A claim that the pod's volumes name does not exist, or is being deleted.",
                        "the scheduler's \"persistentvolumeclaim … not found\" or \"… is being deleted\" (1.19 to 1.36)",
                        "a claim that exists and waits for a volume"),
                new Cause(
                        "pvc-no-storageclass",
                        Family.STORAGE,
                        "The class that a claim names does not exist, and no volume of that class is there either.",
                        "the claim is Pending, and its ProvisioningFailed event or the list of classes says so",
                        "a volume of that class, which needs no StorageClass object"),
                new Cause(
                        "pvc-no-matching-pv",
                        Family.STORAGE,
                        "No volume fits the claim, and nothing makes one.",
                        "the claim is Pending, with a FailedBinding or VolumeMismatch event of the volume controller",
                        "a class with a provisioner; a claim that waits for its first consumer"),
                new Cause(
                        "pvc-access-mode-mismatch",
                        Family.STORAGE,
                        "The claim wants an access mode that the volume does not offer.",
                        "a VolumeMismatch event with \"incompatible accessMode\", or volumes that fit but for their modes",
                        "a volume that is too small or of another class"),
                new Cause(
                        "pvc-provisioning-failed",
                        Family.STORAGE,
                        "The provisioner of the claim's class does not make a volume.",
                        "a ProvisioningFailed event with the provisioner's answer, or minutes of waiting for a provisioner"
                                + " that never answers",
                        "a class that does not exist"),
                new Cause(
                        "pvc-volume-lost",
                        Family.STORAGE,
                        "The volume that the claim was bound to is gone.",
                        "the claim's phase is Lost",
                        "a claim that was never bound"));
    }
}
