package io.k8sincident.activities.diagnosis.rules;

import static io.k8sincident.activities.diagnosis.rules.ClaimCase.NO_VOLUME;
import static io.k8sincident.activities.diagnosis.rules.ClaimCase.SLOW;
import static io.k8sincident.activities.diagnosis.rules.ClaimCase.assertFound;
import static io.k8sincident.activities.diagnosis.rules.ClaimCase.claim;
import static io.k8sincident.activities.diagnosis.rules.ClaimCase.ofTheClaim;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PendingClaimTest {
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
        ClaimCase waiting = claim(SLOW, "Pending")
                .storageClass("x")
                .volume("v", "ReadWriteOnce", "5Gi", "Available")
                .event("WaitForFirstConsumer", "waiting");
        assertThat(waiting.cause()).isEqualTo("none");

        assertThat(waiting.event("FailedBinding", "no").cause()).isEqualTo("pvc-access-mode-mismatch");
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
}
