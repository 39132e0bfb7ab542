package io.k8sincident.activities.diagnosis.rules;

import static io.k8sincident.activities.diagnosis.rules.ClaimCase.SLOW;
import static io.k8sincident.activities.diagnosis.rules.ClaimCase.assertFound;
import static io.k8sincident.activities.diagnosis.rules.ClaimCase.claim;
import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.diagnosis.Fixture;
import io.k8sincident.workflows.model.Confidence;
import io.k8sincident.workflows.model.Culprit;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClaimProvisioningTest {
    @Test
    void aProvisionerWithoutAPluginFails() {
        assertThat(claim(SLOW, "Pending")
                        .storageClass("x.test/p")
                        .event("ProvisioningFailed", "no volume plugin matched name")
                        .cause())
                .isEqualTo("pvc-provisioning-failed");
        assertThat(claim(SLOW, "Pending")
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
        ClaimCase unread = claim(SLOW, "Pending").nobodyMayReadClasses();
        assertThat(unread.cause()).isEqualTo("none");

        unread.event("ProvisioningFailed", "storageclass.storage.k8s.io 'slow' not found");

        assertThat(unread.cause()).isEqualTo("pvc-no-storageclass");
    }

    @ParameterizedTest
    @CsvSource({"storageclass.storage.k8s.io is forbidden", "secret not found"})
    void otherFailuresAreNotThoseOfTheClass(String message) {
        assertThat(claim(SLOW, "Pending")
                        .nobodyMayReadClasses()
                        .event("ProvisioningFailed", message)
                        .cause())
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

    private static String waitingSince(String first) {
        return claim(SLOW, "Pending").storageClass("x").waitingSince(first).cause();
    }

    @Test
    void aProvisionerMayTakeItsTime() {
        assertThat(waitingSince(
                        Fixture.NOW.minus(PendingClaim.PROVISIONER_TAKES).toString()))
                .isEqualTo("none");
        assertThat(waitingSince(Fixture.NOW
                        .minus(PendingClaim.PROVISIONER_TAKES)
                        .minusSeconds(1)
                        .toString()))
                .isEqualTo("pvc-provisioning-failed");
        assertThat(waitingSince("")).isEqualTo("none");
    }
}
