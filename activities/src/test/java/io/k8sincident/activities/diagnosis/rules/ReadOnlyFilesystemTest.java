package io.k8sincident.activities.diagnosis.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.diagnosis.Fixture;
import io.k8sincident.workflows.model.Culprit;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadOnlyFilesystemTest {
    private static final String LOG = "FATAL open /data/x: read-only file system\n";

    private static Optional<Finding> found(String container, String volume, String log) {
        String pod = """
                {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'p', namespace: 'demo', uid: 'u-p',
                   creationTimestamp: '2026-03-01T11:00:00Z'},
                 spec: {nodeName: 'n', containers: [{name: 'app' %s}], volumes: [{name: 'd', %s}]},
                 status: {phase: 'Running', containerStatuses: [{name: 'app', %s}]}}
                """.formatted(
                container.isEmpty() ? "" : ", " + container, volume, Fixture.crashLoop("exitCode: 1, reason: 'Error'"));
        return Seen.by(new ReadOnlyFilesystem(), new Fixture().object(pod).log("demo", "p", "app", log));
    }

    private static final String MOUNTED = "volumeMounts: [{name: 'd', mountPath: '/data'}]";
    private static final String MOUNTED_READ_ONLY = "volumeMounts: [{name: 'd', mountPath: '/data', readOnly: true}]";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "configMap: {}",
                "secret: {}",
                "projected: {}",
                "downwardAPI: {}",
                "image: {}",
                "persistentVolumeClaim: {readOnly: true}"
            })
    void someVolumesAreReadOnlyWhateverTheMountSays(String volume) {
        Optional<Finding> found = found(MOUNTED, volume, LOG);

        assertThat(Seen.culprit(found)).isEqualTo(new Culprit("Pod", "p", "app", "volumeMounts[d]", "read-only"));
        assertThat(Seen.said(found.orElseThrow()))
                .startsWith("a write was refused: the file system is read-only", "it is so by the pod's spec");
        assertThat(found.orElseThrow().claims().get(1).facts().get(0).summary())
                .isEqualTo("volumeMounts[d] is read-only");
    }

    @Test
    void aMountMayBeReadOnly() {
        assertThat(Seen.culprit(found(MOUNTED_READ_ONLY, "emptyDir: {}", LOG)))
                .isEqualTo(new Culprit("Pod", "p", "app", "volumeMounts[d].readOnly", "true"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026/03/01 12:00:00 open /data/x: read-only file system\n",
                "touch: /data/x: Read-only file system\n"
            })
    void theKernelsWordsNeedNoLevelBesideThem(String log) {
        assertThat(found(MOUNTED_READ_ONLY, "emptyDir: {}", log)).isPresent();
    }

    @Test
    void aVolumeThatCanBeWrittenIsNot() {
        assertThat(found(MOUNTED, "emptyDir: {}", LOG)).isEmpty();
        assertThat(found(MOUNTED, "persistentVolumeClaim: {}", LOG)).isEmpty();
        assertThat(found(MOUNTED + ", securityContext: {readOnlyRootFilesystem: true}", "emptyDir: {}", LOG))
                .isEmpty();
    }

    @Test
    void theRootMayBeReadOnly() {
        Optional<Finding> found = found("securityContext: {readOnlyRootFilesystem: true}", "emptyDir: {}", LOG);

        assertThat(Seen.culprit(found))
                .isEqualTo(new Culprit("Pod", "p", "app", "securityContext.readOnlyRootFilesystem", "true"));
        assertThat(found.orElseThrow().claims().get(1).facts().get(0).summary())
                .isEqualTo("securityContext.readOnlyRootFilesystem is true");
    }

    @Test
    void withoutOneInTheSpecNothingIsClaimed() {
        assertThat(found("image: 'i'", "emptyDir: {}", LOG)).isEmpty();
        assertThat(found(MOUNTED_READ_ONLY, "emptyDir: {}", "FATAL open /data/x: no\n"))
                .isEmpty();
    }

    @Test
    void theLineBeforeMayNameTheFile() {
        String log = "opening /data/x\nFATAL read-only file system\n";

        assertThat(found(MOUNTED_READ_ONLY, "emptyDir: {}", log)).isPresent();
        assertThat(Seen.culprit(found(
                        MOUNTED_READ_ONLY + ", securityContext: {readOnlyRootFilesystem: true}", "emptyDir: {}", log)))
                .extracting(Culprit::field)
                .isEqualTo("securityContext.readOnlyRootFilesystem");
    }
}
