package io.k8sincident.activities.diagnosis.rules;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.k8sincident.activities.diagnosis.view.ClusterView;
import io.k8sincident.activities.diagnosis.view.EventView;
import io.k8sincident.activities.diagnosis.view.Fact;
import io.k8sincident.activities.diagnosis.view.PodView;
import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import io.k8sincident.activities.evidence.Resource;
import io.k8sincident.workflows.model.Target;
import java.util.List;
import java.util.Optional;

/** A pod is not placed since a claim of it does not exist, has a class that does not exist, or finds no volume. */
final class ClaimNotBound implements Rule {
    private static final Pattern MISSING = Pattern.compile("persistentvolumeclaim \"([^\"]+)\" not found");

    @Override
    public Optional<Finding> examine(WorkloadView workload) {
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
        return said.find()
                ? Finding.of("missing-pvc", all(workload, said.group()))
                        .culprit(Culprits.object("PersistentVolumeClaim", said.group(1), null, null))
                        .claim("a claim that the pod needs does not exist", trouble.fact())
                        .not("pvc-no-matching-pv", "there is no claim that could be bound", trouble.fact())
                        .commonTo(new Target("v1", "PersistentVolumeClaim", workload.namespace(), said.group(1), null))
                        .found()
                : Optional.empty();
    }

    private static Optional<Finding> unbound(WorkloadView workload, Trouble trouble) {
        String words = "unbound immediate PersistentVolumeClaims";
        if (!trouble.fact().summary().contains(words)) {
            return Optional.empty();
        }
        PodView pod = Scheduling.pod(trouble);
        ClusterView cluster = workload.cluster();
        return pod.resource().fields().list("spec", "volumes").stream()
                .map(volume -> volume.text("persistentVolumeClaim", "claimName"))
                .filter(name -> !name.isEmpty())
                .flatMap(name -> cluster.find("PersistentVolumeClaim", workload.namespace(), name).stream())
                .filter(claim -> claim.fields().text("status", "phase").equals("Pending"))
                .findFirst()
                .flatMap(claim -> pending(cluster, claim, trouble, all(workload, words)));
    }

    private static Optional<Finding> pending(
            ClusterView cluster, Resource claim, Trouble trouble, List<Trouble> explained) {
        String storageClass = claim.fields().text("spec", "storageClassName");
        Fact state = Fact.field(claim, "status.phase", "claim " + claim.name() + " is Pending");
        if (cluster.absent("StorageClass", "", storageClass)) {
            return Finding.of("pvc-no-storageclass", explained)
                    .culprit(Culprits.object("StorageClass", storageClass, null, null))
                    .claim("the pod waits for a claim", trouble.fact(), state)
                    .claim(
                            "the class of the claim does not exist",
                            Fact.absent("StorageClass", "the cluster", storageClass))
                    .not("pvc-no-matching-pv", "without its class no volume is looked for", state)
                    .found();
        }
        Optional<EventView> noProvisioner = cluster.events(claim).stream()
                .filter(event -> event.message().contains("no volume plugin matched")
                        || event.says("FailedBinding", "no persistent volumes available"))
                .findFirst();
        return noProvisioner.flatMap(event -> Finding.of("pvc-no-matching-pv", explained)
                .culprit(Culprits.object(
                        "PersistentVolumeClaim",
                        claim.name(),
                        "spec.resources.requests.storage",
                        claim.fields().text("spec", "resources", "requests", "storage")))
                .claim("the pod waits for a claim", trouble.fact(), state)
                .claim("no volume fits the claim, and nothing makes one", event.fact())
                .not("pvc-no-storageclass", "its class is there or it names none", state)
                .found());
    }
}
