package io.k8sincident.activities.diagnosis;

import static io.k8sincident.activities.diagnosis.FailingPod.IMAGE;
import static io.k8sincident.activities.diagnosis.FailingPod.NEW_IMAGE;
import static io.k8sincident.activities.diagnosis.FailingPod.culprit;
import static io.k8sincident.activities.diagnosis.Fixture.rollout;
import static io.k8sincident.activities.diagnosis.Fixture.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.workflows.model.Culprit;
import io.k8sincident.workflows.model.Diagnosis;
import org.junit.jupiter.api.Test;

/** What a registry says of an image, and what it leaves open. */
class ImageRulesTest {
    @Test
    void imageNotFoundIsTheRegistrysAnswer() {
        Diagnosis diagnosis = rollout(
                        IMAGE,
                        NEW_IMAGE,
                        waiting("ImagePullBackOff", "Back-off pulling image: manifest unknown: manifest unknown"))
                .diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("image-not-found");
        assertThat(diagnosis.culprit()).extracting(Culprit::value).isEqualTo("r.test/web:2");
    }

    @Test
    void backOffAloneSaysNothingOfTheImage() {
        Diagnosis diagnosis = rollout(
                        IMAGE,
                        NEW_IMAGE,
                        waiting("ImagePullBackOff", "Back-off pulling image \\\"r.test/not found:401\\\""))
                .diagnosis();

        assertThat(diagnosis.cause()).isNull();
    }

    @Test
    void aRefusalDoesNotSayThatTheImageIsMissing() {
        Diagnosis diagnosis = rollout(
                        IMAGE,
                        NEW_IMAGE,
                        waiting(
                                "ErrImagePull",
                                "pull access denied, repository does not exist or may require authorization"))
                .diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("image-unauthorized");
    }

    @Test
    void withoutPullSecretsTheTemplateLacksThem() {
        Diagnosis diagnosis = rollout(IMAGE, IMAGE, waiting("ImagePullBackOff", "failed to pull: 401 Unauthorized"))
                .diagnosis();

        assertThat(culprit(diagnosis).field()).isEqualTo("spec.imagePullSecrets");
    }

    @Test
    void aRateLimitSaysNothingOfTheImage() {
        Diagnosis diagnosis = rollout(
                        IMAGE,
                        IMAGE,
                        waiting("ErrImagePull", "429 Too Many Requests - toomanyrequests: pull rate limit"))
                .diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("image-pull-rate-limited");
    }

    @Test
    void anImageForAnotherPlatformIsThere() {
        Diagnosis diagnosis = rollout(
                        IMAGE, IMAGE, waiting("ErrImagePull", "no match for platform in manifest: not found"))
                .diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("image-wrong-platform");
    }
}
