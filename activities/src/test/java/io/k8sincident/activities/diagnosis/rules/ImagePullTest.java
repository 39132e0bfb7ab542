package io.k8sincident.activities.diagnosis.rules;

import static io.k8sincident.activities.diagnosis.Fixture.rollout;
import static io.k8sincident.activities.diagnosis.Fixture.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.diagnosis.Fixture;
import io.k8sincident.workflows.model.Culprit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImagePullTest {
    private static Fixture pulling(String reason, String message) {
        return rollout("image: 'r.test/a:1'", "image: 'r.test/a:2'", waiting(reason, message));
    }

    private static Optional<Finding> found(Fixture fixture) {
        return Seen.by(new ImagePull(), fixture);
    }

    @ParameterizedTest
    @CsvSource({
        "manifest unknown, image-not-found, is not in its registry",
        "unauthorized, image-unauthorized, is refused by its registry for lack of authorization",
        "no such host, registry-unreachable, its registry does not answer",
        "toomanyrequests: not found, image-pull-rate-limited, is not given out for now",
        "no match for platform in manifest: not found, image-wrong-platform, is not built for the platform",
        "no space left on device, node-disk-pressure, finds no space on the node",
        "SignatureValidationFailed, image-signature-invalid, is not signed as",
        "failed to extract layer x, image-unpack-failed, was fetched and cannot be unpacked"
    })
    void theRegistrysAnswerTellsTheCause(String message, String cause, String sentence) {
        Finding finding = found(pulling("ImagePullBackOff", message)).orElseThrow();

        assertThat(finding.cause()).isEqualTo(cause);
        assertThat(Seen.said(finding).get(0)).contains("r.test/a:2").contains(sentence);
        assertThat(Seen.said(finding).get(1)).isEqualTo("its image is set here");
        assertThat(Seen.ruledOut(finding)).endsWith("app-exit");
    }

    @ParameterizedTest
    @CsvSource({
        "'failed to do request: Head \"https://r.test/v2/a/manifests/2\": dial tcp 192.0.2.1:443: i/o timeout', registry-unreachable",
        "'Head \"https://r.test/v2/\": dial tcp 192.0.2.1:443: connect: connection timed out', registry-unreachable",
        "'Get \"https://r.test/v2/\": net/http: request canceled while waiting for connection', registry-unreachable",
        "'Get \"https://r.test/v2/\": (Client.Timeout exceeded while awaiting headers)', registry-unreachable",
        "'failed to do request: Head \"https://r.test/v2/a/manifests/2\": EOF', registry-unreachable",
        "'Get https://r.test/v2/: EOF', registry-unreachable",
        "fetching blob: invalid status code from registry 503 (Service Unavailable), registry-unreachable",
        "fetching blob: invalid status code from registry 403 (Forbidden), image-unauthorized",
        "'failed to extract layer sha256:1: EOF', image-unpack-failed"
    })
    void inTheWordsOfTheRuntime(String message, String cause) {
        assertThat(found(pulling("ImagePullBackOff", message)).map(Finding::cause))
                .contains(cause);
    }

    @ParameterizedTest
    @CsvSource({
        "InvalidImageName, invalid-image-name, is no valid image name",
        "ErrImageNeverPull, image-never-pull, the pull policy is Never",
        "RegistryUnavailable, registry-unreachable, its registry does not answer",
        "SignatureValidationFailed, image-signature-invalid, is not signed"
    })
    void orTheReasonDoes(String reason, String cause, String sentence) {
        Finding finding = found(pulling(reason, "x")).orElseThrow();

        assertThat(finding.cause()).isEqualTo(cause);
        assertThat(Seen.said(finding).get(0)).contains(sentence);
    }

    @Test
    void eachRulesOutItsNeighbours() {
        assertThat(Seen.ruledOut(
                        found(pulling("ErrImagePull", "manifest unknown")).orElseThrow()))
                .isEqualTo(List.of("registry-unreachable", "image-unauthorized", "app-exit"));
        assertThat(Seen.ruledOut(found(pulling("ErrImagePull", "unauthorized")).orElseThrow()))
                .isEqualTo(List.of("registry-unreachable", "image-not-found", "app-exit"));
        assertThat(Seen.ruledOut(found(pulling("ErrImagePull", "no such host")).orElseThrow()))
                .isEqualTo(List.of("image-not-found", "app-exit"));
        assertThat(Seen.ruledOut(found(pulling("InvalidImageName", "")).orElseThrow()))
                .isEqualTo(List.of("image-not-found", "app-exit"));
    }

    @Test
    void atFaultIsWhatAHumanWouldChange() {
        assertThat(Seen.culprit(found(pulling("ErrImageNeverPull", "x"))))
                .isEqualTo(new Culprit("Deployment", "web", "app", "imagePullPolicy", "Never"));
        assertThat(Seen.culprit(found(pulling("ErrImagePull", "no space left on device"))))
                .isEqualTo(new Culprit("Node", "n1", null, "image file system", "no space left"));
        assertThat(Seen.culprit(found(pulling("ErrImagePull", "manifest unknown"))))
                .isEqualTo(new Culprit("Deployment", "web", "app", "image", "r.test/a:2"));
        assertThat(Seen.culprit(found(pulling("ErrImagePull", "unauthorized"))).field())
                .isEqualTo("spec.imagePullSecrets");
    }

    @ParameterizedTest
    @CsvSource({
        "ImagePullBackOff, Back-off pulling image",
        "ImagePullBackOff, Back-off pulling image \"r.test/not found/a\"",
        "ImagePullBackOff, 'Back-off pulling r.test/unauthorized:1: x'",
        "ImagePullBackOff, failed to resolve: failed to extract layer",
        "CreateContainerError, manifest unknown"
    })
    void aNameOrABackOffAloneIsNoAnswer(String reason, String message) {
        assertThat(found(pulling(reason, message))).isEmpty();
    }

    @Test
    void theAnswerMayStandInAFailedEvent() {
        Fixture fixture = pulling("ImagePullBackOff", "Back-off pulling image")
                .event("Another", "Failed to pull image: unauthorized", 3)
                .event("Failed", "Error: ImagePullBackOff", 2)
                .event("Failed", "Failed to pull image: manifest unknown", 1);

        Finding finding = found(fixture).orElseThrow();

        assertThat(finding.cause()).isEqualTo("image-not-found");
        assertThat(finding.claims().get(0).facts().get(0).where()).isEqualTo("Event Failed of Pod/web-2-x");
    }

    @Test
    void theContainersOwnAnswerComesBeforeThatOfAnEvent() {
        assertThat(found(pulling("ErrImagePull", "manifest unknown")
                                .event("Failed", "Failed to pull image: unauthorized", 1))
                        .map(Finding::cause))
                .contains("image-not-found");
    }

    @Test
    void containersOfTheSameImageThatPullAreExplained() {
        String status = """
                {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'p', namespace: 'demo', uid: 'u-p',
                   creationTimestamp: '2026-03-01T11:00:00Z'},
                 spec: {nodeName: 'n', containers: [{name: 'a', image: 'x'}, {name: 'b', image: 'x'}, {name: 'c', image: 'y'},
                   {name: 'd', image: 'x'}]},
                 status: {phase: 'Pending', conditions: [{type: 'PodScheduled', status: 'True'}], containerStatuses: [
                   {name: 'a', state: {waiting: {reason: 'ErrImagePull', message: 'manifest unknown'}}},
                   {name: 'b', state: {waiting: {reason: 'ImagePullBackOff', message: 'x'}}},
                   {name: 'c', state: {waiting: {reason: 'ErrImagePull', message: 'manifest unknown'}}},
                   {name: 'd', state: {waiting: {reason: 'CreateContainerConfigError', message: 'x'}}}]}}""";

        assertThat(found(new Fixture().object(status)).orElseThrow().explains()).hasSize(2);
    }
}
