package io.k8sincident.activities.diagnosis.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.diagnosis.Fixture;
import io.k8sincident.activities.diagnosis.view.ClusterView;
import io.k8sincident.activities.diagnosis.view.Fact;
import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.workflows.model.Confidence;
import io.k8sincident.workflows.model.Culprit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PendingClaimTest {
    private static final String NO_VOLUME = "1 node(s) didn't find available persistent volumes to bind";
    private final Fixture cluster = new Fixture();

    private PendingClaimTest claim(String spec, String phase) {
        cluster.object("""
                {kind: 'PersistentVolumeClaim', metadata: {name: 'c', namespace: 'demo', uid: 'u'},
                 spec: {accessModes: ['ReadWriteMany'], resources: {requests: {storage: '5Gi'}} %s}, status: {phase: '%s'}}
                """.formatted(spec.isEmpty() ? "" : ", " + spec, phase));
        return this;
    }

    private PendingClaimTest event(String reason, String message) {
        cluster.object("""
                {kind: 'Event', metadata: {name: '%1$s', namespace: 'demo'}, reason: '%1$s', message: "%2$s",
                 firstTimestamp: '2026-03-01T11:50:00Z', lastTimestamp: '2026-03-01T11:59:00Z',
                 involvedObject: {kind: 'PersistentVolumeClaim', namespace: 'demo', name: 'c', uid: 'u'}}
                """.formatted(reason, message));
        return this;
    }

    private PendingClaimTest volume(String name, String mode, String size, String phase) {
        cluster.object("""
                {kind: 'PersistentVolume', metadata: {name: '%s'}, status: {phase: '%s'},
                 spec: {storageClassName: 'slow', accessModes: ['%s'], capacity: {storage: '%s'}}}
                """.formatted(name, phase, mode, size));
        return this;
    }

    private PendingClaimTest storageClass(String provisioner) {
        cluster.object("{kind: 'StorageClass', metadata: {name: 'slow'}, provisioner: '%s'}".formatted(provisioner));
        return this;
    }

    private Optional<Finding> found(String said) {
        ClusterView view = new ClusterView(cluster.snapshot());
        Trouble trouble =
                new Trouble(Trouble.Kind.NOT_SCHEDULED, null, null, "Unschedulable", new Fact("w", said, "c"), null);
        return PendingClaim.finding(
                view, view.find("PersistentVolumeClaim", "demo", "c").orElseThrow(), List.of(trouble));
    }

    private String cause() {
        return found("").map(Finding::cause).orElse("none");
    }

    private static Culprit ofTheClaim(String field, String value) {
        return new Culprit("PersistentVolumeClaim", "c", null, field, value);
    }

    private static void assertFound(Optional<Finding> found, String cause, Culprit culprit, String claim, String not) {
        assertThat(found).hasValueSatisfying(finding -> {
            assertThat(finding.cause()).isEqualTo(cause);
            assertThat(finding.culprit()).isEqualTo(culprit);
            assertThat(Seen.said(finding)).containsExactly("a claim is not bound", claim);
            assertThat(Seen.ruledOut(finding)).isEqualTo(not.isEmpty() ? List.of() : List.of(not));
        });
    }

    @Test
    void aClaimWhoseVolumeIsGoneIsLost() {
        assertFound(
                claim("volumeName: 'v'", "Lost").found(""),
                "pvc-volume-lost",
                ofTheClaim("spec.volumeName", "v"),
                "the volume that it was bound to is gone",
                "");
    }

    @Test
    void theVolumeThatItNamesMayNotOfferTheMode() {
        assertFound(
                claim("volumeName: 'v'", "Pending")
                        .event("VolumeMismatch", "Cannot bind to requested volume: incompatible accessMode")
                        .found(""),
                "pvc-access-mode-mismatch",
                ofTheClaim("spec.accessModes", "ReadWriteMany"),
                "the volume that it names does not offer ReadWriteMany",
                "pvc-no-matching-pv");
    }

    private static final String SLOW = "storageClassName: 'slow'";

    @Test
    void aVolumeWouldFitButForItsMode() {
        assertFound(
                claim(SLOW, "Pending")
                        .volume("v", "ReadWriteOnce", "5Gi", "Available")
                        .found(NO_VOLUME),
                "pvc-access-mode-mismatch",
                ofTheClaim("spec.accessModes", "ReadWriteMany"),
                "volume v would fit, but does not offer ReadWriteMany",
                "");
    }

    @Test
    void aVolumeWouldFitButNobodyHasLookedYet() {
        assertThat(claim(SLOW, "Pending")
                        .storageClass("x")
                        .volume("v", "ReadWriteOnce", "5Gi", "Available")
                        .event("WaitForFirstConsumer", "waiting")
                        .cause())
                .isEqualTo("none");
        assertThat(event("FailedBinding", "no").cause()).isEqualTo("pvc-access-mode-mismatch");
    }

    @ParameterizedTest
    @CsvSource({
        "ReadWriteMany, 5Gi, Available",
        "ReadWriteOnce, 4Gi, Available",
        "ReadWriteOnce, 5Gi, Bound",
        "ReadWriteOnce, x, Available"
    })
    void aVolumeThatWouldNotFitAnywayProvesNothing(String mode, String size, String phase) {
        assertThat(claim(SLOW, "Pending").volume("v", mode, size, phase).found(NO_VOLUME))
                .map(Finding::cause)
                .contains("pvc-no-matching-pv");
    }

    @Test
    void aVolumeOfAnotherClassProvesNothing() {
        assertThat(claim("storageClassName: 'fast'", "Pending")
                        .volume("v", "ReadWriteOnce", "5Gi", "Available")
                        .found(NO_VOLUME))
                .map(Finding::cause)
                .contains("pvc-no-matching-pv");
    }

    @Test
    void theSchedulerFindsNoVolume() {
        assertFound(
                claim(SLOW, "Pending").found(NO_VOLUME),
                "pvc-no-matching-pv",
                ofTheClaim("spec.resources.requests.storage", "5Gi"),
                "the scheduler finds no volume for it on any node that the pod may use",
                "");
    }

    @ParameterizedTest
    @CsvSource({
        "VolumeMismatch, requested volume size is too small, spec.resources.requests.storage, 5Gi",
        "FailedBinding, no persistent volumes available for this claim, spec.resources.requests.storage, 5Gi",
        "FailedBinding, no volume plugin matched, spec.resources.requests.storage, 5Gi",
        "VolumeMismatch, storageClassName does not match, spec.storageClassName, slow",
        "FailedBinding, 'volume v already bound to a different claim', spec.volumeName, v"
    })
    void theBindersWordsTellTheField(String reason, String message, String field, String value) {
        assertFound(
                claim(SLOW + ", volumeName: 'v'", "Pending")
                        .storageClass("x")
                        .event(reason, message)
                        .found(NO_VOLUME),
                "pvc-no-matching-pv",
                ofTheClaim(field, value),
                "no volume fits the claim, and nothing makes one",
                "pvc-no-storageclass");
    }

    @Test
    void aClassThatOnlyVolumesHaveIsForVolumesMadeByHand() {
        assertFound(
                claim(SLOW, "Pending")
                        .volume("v", "ReadWriteMany", "1Gi", "Available")
                        .event("ProvisioningFailed", "storageclass.storage.k8s.io 'slow' not found")
                        .found(""),
                "pvc-no-matching-pv",
                ofTheClaim("spec.resources.requests.storage", "5Gi"),
                "no volume fits the claim, and nothing makes one",
                "pvc-no-storageclass");
    }

    @Test
    void aClassWithoutAProvisionerIsForVolumesMadeByHand() {
        assertThat(claim(SLOW, "Pending")
                        .storageClass("kubernetes.io/no-provisioner")
                        .event("ProvisioningFailed", "no volume plugin matched name")
                        .cause())
                .isEqualTo("pvc-no-matching-pv");
    }

    @Test
    void aProvisionerWithoutAPluginFails() {
        assertThat(claim(SLOW, "Pending")
                        .storageClass("x.test/p")
                        .event("ProvisioningFailed", "no volume plugin matched name")
                        .cause())
                .isEqualTo("pvc-provisioning-failed");
        assertThat(new PendingClaimTest()
                        .claim(SLOW, "Pending")
                        .storageClass("kubernetes.io/no-provisioner")
                        .event("ProvisioningFailed", "other")
                        .cause())
                .isEqualTo("pvc-provisioning-failed");
    }

    @Test
    void onlyItsFailureTellsThatAClassIsForVolumesMadeByHand() {
        assertThat(claim(SLOW, "Pending")
                        .volume("v", "ReadWriteMany", "1Gi", "Available")
                        .event("WaitForFirstConsumer", "waiting")
                        .cause())
                .isEqualTo("pvc-no-storageclass");
    }

    @Test
    void aClassThatExistsHasAProvisioner() {
        assertThat(claim(SLOW, "Pending")
                        .storageClass("x.test/p")
                        .volume("v", "ReadWriteMany", "1Gi", "Available")
                        .event("ProvisioningFailed", "quota")
                        .cause())
                .isEqualTo("pvc-provisioning-failed");
    }

    @Test
    void aClassThatDoesNotExistIsMissing() {
        assertFound(
                claim(SLOW, "Pending").found(""),
                "pvc-no-storageclass",
                new Culprit("StorageClass", "slow", null, null, "missing"),
                "the class of the claim does not exist",
                "pvc-no-matching-pv");
    }

    @Test
    void withoutTheRightToReadClassesOnlyTheEventSaysSo() {
        cluster.gap("StorageClass");
        claim(SLOW, "Pending");
        assertThat(cause()).isEqualTo("none");

        event("ProvisioningFailed", "storageclass.storage.k8s.io 'slow' not found");

        assertThat(cause()).isEqualTo("pvc-no-storageclass");
    }

    @ParameterizedTest
    @CsvSource({"storageclass.storage.k8s.io is forbidden", "secret not found"})
    void otherFailuresAreNotThoseOfTheClass(String message) {
        cluster.gap("StorageClass");

        assertThat(claim(SLOW, "Pending").event("ProvisioningFailed", message).cause())
                .isEqualTo("pvc-provisioning-failed");
    }

    @Test
    void withoutAClassThereIsNoneToMiss() {
        assertThat(claim("", "Pending").cause()).isEqualTo("none");
    }

    @Test
    void theProvisionerSaysWhy() {
        Optional<Finding> found = claim(SLOW, "Pending")
                .storageClass("x.test/p")
                .event("ProvisioningFailed", "quota")
                .found("");

        assertFound(
                found,
                "pvc-provisioning-failed",
                new Culprit("StorageClass", "slow", null, "provisioner", "x.test/p"),
                "its provisioner makes no volume and says why",
                "pvc-no-storageclass");
        assertThat(found).map(Finding::confidence).contains(Confidence.PROVEN);
    }

    @Test
    void aProvisionerThatDoesNotAnswerIsLikely() {
        Optional<Finding> found = claim(SLOW, "Pending")
                .storageClass("x.test/p")
                .event("ExternalProvisioning", "waiting")
                .found("");

        assertFound(
                found,
                "pvc-provisioning-failed",
                new Culprit("StorageClass", "slow", null, "provisioner", "x.test/p"),
                "its provisioner has not answered for minutes",
                "pvc-no-storageclass");
        assertThat(found).map(Finding::confidence).contains(Confidence.LIKELY);
    }

    private String waitingSince(String first) {
        cluster.object("""
                {kind: 'Event', metadata: {name: 'e', namespace: 'demo'}, reason: 'ExternalProvisioning', message: 'w',
                 firstTimestamp: '%s', involvedObject: {kind: 'PersistentVolumeClaim', namespace: 'demo', name: 'c', uid: 'u'}}
                """.formatted(first));
        return claim(SLOW, "Pending").storageClass("x").cause();
    }

    @Test
    void aProvisionerMayTakeItsTime() {
        assertThat(waitingSince(
                        Fixture.NOW.minus(PendingClaim.PROVISIONER_TAKES).toString()))
                .isEqualTo("none");
        assertThat(new PendingClaimTest()
                        .waitingSince(Fixture.NOW
                                .minus(PendingClaim.PROVISIONER_TAKES)
                                .minusSeconds(1)
                                .toString()))
                .isEqualTo("pvc-provisioning-failed");
        assertThat(new PendingClaimTest().waitingSince("")).isEqualTo("none");
    }
}
