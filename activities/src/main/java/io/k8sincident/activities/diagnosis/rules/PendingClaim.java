package io.k8sincident.activities.diagnosis.rules;

import io.k8sincident.activities.diagnosis.view.ClusterView;
import io.k8sincident.activities.diagnosis.view.EventView;
import io.k8sincident.activities.diagnosis.view.Fact;
import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.evidence.Resource;
import io.k8sincident.workflows.model.Culprit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Why a claim is not bound: in the words of the volume controller and of provisioners (releases 1.19 to 1.36). */
final class PendingClaim {
    /** A provisioner that works has made its volume long before. */
    static final Duration PROVISIONER_TAKES = Duration.ofMinutes(3);

    private final ClusterView cluster;
    private final Resource claim;
    private final Fact state;
    private final List<Trouble> explained;

    private PendingClaim(ClusterView cluster, Resource claim, List<Trouble> explained) {
        this.cluster = cluster;
        this.claim = claim;
        this.explained = explained;
        this.state = Fact.field(
                claim,
                "status.phase",
                "claim " + claim.name() + " is " + claim.fields().text("status", "phase"));
    }

    static Optional<Finding> finding(ClusterView cluster, Resource claim, List<Trouble> explained) {
        PendingClaim pending = new PendingClaim(cluster, claim, explained);
        return pending.lost()
                .or(pending::accessMode)
                .or(pending::noVolume)
                .or(pending::noClass)
                .or(pending::notProvisioned);
    }

    private Optional<EventView> event(Predicate<EventView> wanted) {
        return cluster.events(claim).stream().filter(wanted).findFirst();
    }

    private String text(String... path) {
        return claim.fields().text(path);
    }

    private Finding.Draft draft(String cause, Culprit culprit) {
        return Finding.of(cause, explained)
                .culprit(culprit)
                .claim("a claim is not bound", explained.get(0).fact(), state);
    }

    private Culprit field(String path, String value) {
        return Culprits.object("PersistentVolumeClaim", claim.name(), path, value);
    }

    /** Whether the scheduler looked for a volume itself, as it does for classes that wait for a consumer. */
    private boolean saysNoVolume() {
        return explained.get(0).fact().summary().contains("didn't find available persistent volumes");
    }

    private Optional<Finding> lost() {
        return text("status", "phase").equals("Lost")
                ? draft("pvc-volume-lost", field("spec.volumeName", text("spec", "volumeName")))
                        .claim("the volume that it was bound to is gone", state)
                        .found()
                : Optional.empty();
    }

    private Optional<Finding> accessMode() {
        String modes = String.join(",", claim.fields().texts("spec", "accessModes"));
        Culprit culprit = field("spec.accessModes", modes);
        Optional<EventView> said = event(event -> event.says("VolumeMismatch", "incompatible accessMode"));
        if (said.isPresent()) {
            return draft("pvc-access-mode-mismatch", culprit)
                    .claim(
                            "the volume that it names does not offer " + modes,
                            said.get().fact())
                    .not(
                            "pvc-no-matching-pv",
                            "only the access mode does not fit",
                            said.get().fact())
                    .found();
        }
        return ClaimVolumes.fittingButForModes(cluster, claim)
                .filter(volume -> saysNoVolume()
                        || event(event -> !event.is("WaitForFirstConsumer")).isPresent())
                .flatMap(volume -> draft("pvc-access-mode-mismatch", culprit)
                        .claim(
                                "volume " + volume.name() + " would fit, but does not offer " + modes,
                                Fact.field(
                                        volume,
                                        "spec.accessModes",
                                        "offers " + volume.fields().texts("spec", "accessModes")))
                        .found());
    }

    private Optional<Finding> noVolume() {
        Optional<EventView> said = event(event -> event.is("VolumeMismatch")
                || event.says("FailedBinding", "no persistent volumes available")
                || event.says("FailedBinding", "already bound to a different claim")
                || event.says("FailedBinding", "no volume plugin matched"));
        boolean ofStaticClass = !classExists() && ClaimVolumes.ofItsClass(cluster, claim);
        Optional<EventView> noClass =
                event(event -> event.is("ProvisioningFailed")).filter(event -> ofStaticClass);
        boolean size = said.filter(event -> event.message().contains("storageClassName"))
                        .isEmpty()
                && said.filter(event -> event.message().contains("bound to a different"))
                        .isEmpty();
        if (said.isEmpty() && saysNoVolume()) {
            return draft(
                            "pvc-no-matching-pv",
                            field("spec.resources.requests.storage", text("spec", "resources", "requests", "storage")))
                    .claim(
                            "the scheduler finds no volume for it on any node that the pod may use",
                            explained.get(0).fact())
                    .found();
        }
        Culprit culprit = size
                ? field("spec.resources.requests.storage", text("spec", "resources", "requests", "storage"))
                : said.filter(event -> event.message().contains("storageClassName"))
                                .isPresent()
                        ? field("spec.storageClassName", text("spec", "storageClassName"))
                        : field("spec.volumeName", text("spec", "volumeName"));
        return said.or(() -> noClass)
                .or(this::noProvisioner)
                .flatMap(event -> draft("pvc-no-matching-pv", culprit)
                        .claim("no volume fits the claim, and nothing makes one", event.fact())
                        .not("pvc-no-storageclass", "its class is there or needs none", state)
                        .found());
    }

    /** A class without a provisioner is for volumes that somebody makes by hand. */
    private Optional<EventView> noProvisioner() {
        boolean byHand = cluster.find("StorageClass", "", text("spec", "storageClassName"))
                .filter(found -> found.fields().text("provisioner").equals("kubernetes.io/no-provisioner"))
                .isPresent();
        return event(event -> byHand && event.says("ProvisioningFailed", "no volume plugin matched"));
    }

    private boolean classExists() {
        return cluster.find("StorageClass", "", text("spec", "storageClassName"))
                .isPresent();
    }

    private Optional<Finding> noClass() {
        String name = text("spec", "storageClassName");
        Optional<EventView> said = event(event -> event.says("ProvisioningFailed", "storageclass.storage.k8s.io"))
                .filter(event -> event.message().contains("not found"));
        if (name.isEmpty() || classExists() || (said.isEmpty() && !cluster.absent("StorageClass", "", name))) {
            return Optional.empty();
        }
        return draft("pvc-no-storageclass", Culprits.missing("StorageClass", name))
                .claim(
                        "the class of the claim does not exist",
                        said.map(EventView::fact).orElseGet(() -> Fact.absent("StorageClass", "the cluster", name)))
                .not("pvc-no-matching-pv", "without its class no volume is looked for", state)
                .found();
    }

    private Optional<Finding> notProvisioned() {
        String name = text("spec", "storageClassName");
        Optional<EventView> failed = event(event -> event.is("ProvisioningFailed"));
        Optional<EventView> waiting = event(event -> event.is("ExternalProvisioning"))
                .filter(event -> event.first()
                        .filter(first ->
                                Duration.between(first, cluster.takenAt()).compareTo(PROVISIONER_TAKES) > 0)
                        .isPresent());
        String provisioner = cluster.find("StorageClass", "", name)
                .map(found -> found.fields().text("provisioner"))
                .orElse("");
        Culprit culprit = Culprits.object("StorageClass", name, "provisioner", provisioner);
        return failed.map(event -> draft("pvc-provisioning-failed", culprit)
                        .claim("its provisioner makes no volume and says why", event.fact()))
                .or(() -> waiting.map(event -> draft("pvc-provisioning-failed", culprit)
                        .likely()
                        .claim("its provisioner has not answered for minutes", event.fact())))
                .flatMap(draft -> draft.not("pvc-no-storageclass", "its class is there", state)
                        .found());
    }
}
