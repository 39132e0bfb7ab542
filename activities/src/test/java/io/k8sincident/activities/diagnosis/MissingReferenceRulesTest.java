package io.k8sincident.activities.diagnosis;

import static io.k8sincident.activities.diagnosis.FailingPod.IMAGE;
import static io.k8sincident.activities.diagnosis.FailingPod.culprit;
import static io.k8sincident.activities.diagnosis.Fixture.rollout;
import static io.k8sincident.activities.diagnosis.Fixture.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.workflows.model.Culprit;
import io.k8sincident.workflows.model.Diagnosis;
import org.junit.jupiter.api.Test;

/** ConfigMaps, Secrets and keys that a template names and that are not there. */
class MissingReferenceRulesTest {
    @Test
    void missingConfigMapIsWhatTheKubeletSaysOfIt() {
        Diagnosis diagnosis = rollout(
                        IMAGE,
                        "image: 'i', envFrom: [{configMapRef: {name: 'settings'}}]",
                        waiting("CreateContainerConfigError", "configmap \\\"settings\\\" not found"))
                .diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("missing-configmap");
        assertThat(diagnosis.culprit()).isEqualTo(new Culprit("ConfigMap", "settings", null, null, "missing"));
        assertThat(diagnosis.evidence())
                .anySatisfy(fact -> assertThat(fact.where()).isEqualTo("ConfigMap/settings"));
    }

    @Test
    void withoutTheRightToListConfigMapsTheirAbsenceIsNotClaimed() {
        Diagnosis diagnosis = rollout(
                        IMAGE, IMAGE, waiting("CreateContainerConfigError", "configmap \\\"settings\\\" not found"))
                .gap("ConfigMap")
                .diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("missing-configmap");
        assertThat(diagnosis.evidence())
                .noneSatisfy(fact -> assertThat(fact.where()).isEqualTo("ConfigMap/settings"));
    }

    @Test
    void missingConfigMapKeyNamesTheKey() {
        Diagnosis diagnosis = rollout(
                        IMAGE,
                        IMAGE,
                        waiting("CreateContainerConfigError", "couldn\\'t find key size in ConfigMap demo/settings"))
                .diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("missing-configmap-key");
        assertThat(diagnosis.culprit()).isEqualTo(new Culprit("ConfigMap", "settings", null, "data.size", "missing"));
    }

    @Test
    void missingSecretIsToldFromAMissingConfigMap() {
        Diagnosis diagnosis = rollout(
                        IMAGE, IMAGE, waiting("CreateContainerConfigError", "secret \\\"token\\\" not found"))
                .diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("missing-secret");
    }

    @Test
    void aMissingSecretIsCalledMissing() {
        Diagnosis diagnosis = rollout(
                        IMAGE,
                        IMAGE + ", envFrom: [{secretRef: {name: 'creds'}}]",
                        waiting("CreateContainerConfigError", "secret \\\"creds\\\" not found"))
                .diagnosis();

        assertThat(culprit(diagnosis)).isEqualTo(new Culprit("Secret", "creds", null, null, "missing"));
    }
}
