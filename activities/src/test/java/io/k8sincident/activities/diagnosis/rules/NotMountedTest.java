package io.k8sincident.activities.diagnosis.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.diagnosis.Fixture;
import io.k8sincident.workflows.model.Culprit;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotMountedTest {
    private static Fixture pod(String spec, String reason, String message) {
        return new Fixture()
                .object("""
                        {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'p', namespace: 'demo', uid: 'u-p',
                           creationTimestamp: '2026-03-01T11:00:00Z'},
                         spec: {nodeName: 'n', containers: [{name: 'app'}] %s},
                         status: {phase: 'Pending', conditions: [{type: 'PodScheduled', status: 'True'}],
                           containerStatuses: [{name: 'app', state: {waiting: {reason: 'ContainerCreating'}}}]}}
                        """.formatted(spec.isEmpty() ? "" : ", " + spec))
                .object("""
                        {kind: 'Event', metadata: {name: 'e', namespace: 'demo'}, type: 'Warning', reason: '%s', count: 9,
                         firstTimestamp: '2026-03-01T11:01:00Z', lastTimestamp: '2026-03-01T11:59:50Z',
                         message: 'MountVolume.SetUp failed %s',
                         involvedObject: {kind: 'Pod', namespace: 'demo', name: 'p', uid: 'u-p'}}
                        """.formatted(reason, message));
    }

    private static Optional<Finding> found(String spec, String message) {
        return Seen.by(new NotMounted(), pod(spec, "FailedMount", message));
    }

    @ParameterizedTest
    @CsvSource({"secret, missing-secret-volume, Secret", "configmap, missing-configmap-volume, ConfigMap"})
    void anObjectThatDoesNotExistIsMissing(String word, String cause, String kind) {
        Finding finding = found("", "for volume \"v\" : %s \"x\" not found".formatted(word))
                .orElseThrow();

        assertThat(finding.cause()).isEqualTo(cause);
        assertThat(finding.culprit()).isEqualTo(new Culprit(kind, "x", null, null, "missing"));
        assertThat(Seen.said(finding))
                .containsExactly(
                        "volume v needs " + kind + " x, which is not there",
                        "there is no such object in the namespace");
    }

    @Test
    void thatItIsNotThereIsNotClaimedWhereItIs() {
        Fixture fixture = pod("", "FailedMount", "for volume \"v\" : secret \"x\" not found")
                .object("{kind: 'Secret', metadata: {name: 'x', namespace: 'demo'}}");

        assertThat(Seen.said(Seen.found(new NotMounted(), fixture))).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "secret, missing-secret-key, Secret, 's', 'secret: {secretName: ''s''}'",
        "config, missing-configmap-key, ConfigMap, 'c', 'configMap: {name: ''c''}'"
    })
    void aKeyThatIsNotInTheObjectIsMissing(String word, String cause, String kind, String name, String source) {
        Finding finding = found(
                        "volumes: [{name: 'v', %s}]".formatted(source),
                        "for volume \"v\" : references non-existent %s key: k.yaml".formatted(word))
                .orElseThrow();

        assertThat(finding.cause()).isEqualTo(cause);
        assertThat(finding.culprit()).isEqualTo(new Culprit(kind, name, null, "data.k.yaml", "missing"));
        assertThat(Seen.said(finding)).containsExactly("volume v needs key k.yaml of " + kind + " " + name);
        assertThat(Seen.ruledOut(finding)).containsExactly("image-not-found");
    }

    @Test
    void theVolumeIsAtFaultWhereItsObjectIsNotKnown() {
        assertThat(Seen.culprit(found("", "for volume \"v\" : references non-existent config key: k")))
                .isEqualTo(new Culprit("Pod", "p", null, "spec.volumes[v]", "k"));
    }

    @Test
    void theServiceAccountOfATokenMayBeGone() {
        Finding finding = found(
                        "serviceAccountName: 'robot'",
                        "for volume \"t\" : failed to fetch token: serviceaccounts \"robot\" not found")
                .orElseThrow();

        assertThat(finding.cause()).isEqualTo("service-account-token-failed");
        assertThat(finding.culprit()).isEqualTo(new Culprit("ServiceAccount", "robot", null, null, "missing"));
        assertThat(Seen.said(finding)).containsExactly("the kubelet gets no token for ServiceAccount robot");
    }

    @Test
    void aTokenMayBeRefusedForAnotherReason() {
        assertThat(Seen.culprit(found("", "for volume \"t\" : failed to fetch token: not now")))
                .isEqualTo(new Culprit("ServiceAccount", "default", null, null, null));
    }

    @ParameterizedTest
    @CsvSource({
        "'hostPath: {path: ''/d'', type: ''Directory''}', '/d, type Directory'",
        "'hostPath: {path: ''/d''}', /d"
    })
    void aPathOfTheNodeMayNotBeWhatItShould(String source, String value) {
        Finding finding = found(
                        "volumes: [{name: 'h', %s}]".formatted(source),
                        "for volume \"h\" : hostPath type check failed: /d is not a directory")
                .orElseThrow();

        assertThat(finding.cause()).isEqualTo("host-path-check-failed");
        assertThat(finding.culprit()).isEqualTo(new Culprit("Pod", "p", null, "spec.volumes[h].hostPath", value));
        assertThat(Seen.said(finding)).containsExactly("the node has no directory at /d");
    }

    @Test
    void otherWordsAndOtherEventsSayNothing() {
        assertThat(found("", "for volume \"v\" : timed out")).isEmpty();
        assertThat(Seen.by(
                        new NotMounted(), pod("", "FailedAttachVolume", "for volume \"v\" : secret \"x\" not found")))
                .isEmpty();
    }
}
