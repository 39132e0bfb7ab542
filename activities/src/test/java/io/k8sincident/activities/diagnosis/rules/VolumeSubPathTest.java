package io.k8sincident.activities.diagnosis.rules;

import static io.k8sincident.activities.diagnosis.Fixture.crashLoop;
import static io.k8sincident.activities.diagnosis.Fixture.rollout;
import static io.k8sincident.activities.diagnosis.Fixture.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.workflows.model.Culprit;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VolumeSubPathTest {
    private static final String MOUNTS = "image: 'i', volumeMounts: [{name: 'v', mountPath: '/plain'},"
            + " {name: 'v', mountPath: '/one', subPath: 'a'}, {name: 'v', mountPath: '/two', subPath: 'b'},"
            + " {name: 'v', mountPath: '/three', subPathExpr: '$(X)'}]";

    private static Optional<Finding> found(String container, String status) {
        return Seen.by(new VolumeSubPath(), rollout("image: 'i'", container, status));
    }

    private static Culprit ofApp(String field, String value) {
        return new Culprit("Deployment", "web", "app", field, value);
    }

    @ParameterizedTest
    @CsvSource({"/one, subPath, a", "/two, subPath, b", "/three, subPathExpr, $(X)"})
    void theRuntimeCannotMountIt(String path, String kind, String value) {
        Finding finding = found(
                        MOUNTS,
                        crashLoop(
                                "exitCode: 128, reason: 'StartError', message: 'error mounting \"/var/volume-subpaths/v\" to"
                                        + " rootfs at \"" + path + "\": not a directory'"))
                .orElseThrow();

        assertThat(finding.culprit()).isEqualTo(ofApp("volumeMounts[" + path + "]." + kind, value));
        assertThat(Seen.said(finding))
                .containsExactly("container app cannot start: a subPath cannot be mounted", "it is set here");
        assertThat(finding.claims().get(1).facts().get(0).summary()).isEqualTo("subPath " + value);
        assertThat(Seen.ruledOut(finding)).containsExactly("bad-command");
    }

    @Test
    void theKubeletCannotPrepareIt() {
        assertThat(Seen.culprit(
                        found(MOUNTS, waiting("CreateContainerConfigError", "failed to create subPath directory"))))
                .isEqualTo(ofApp("volumeMounts[/one].subPath", "a"));
        assertThat(Seen.culprit(found(MOUNTS, waiting("CreateContainerConfigError", "stat /x/volume-subpaths/y"))))
                .isEqualTo(ofApp("volumeMounts[/one].subPath", "a"));
    }

    @Test
    void aVariableOfAnExpressionIsNotSet() {
        String missing = waiting("CreateContainerConfigError", "missing value for \"X\"");

        assertThat(Seen.culprit(found(MOUNTS, missing))).isEqualTo(ofApp("volumeMounts[/three].subPathExpr", "$(X)"));
        assertThat(found("image: 'i', volumeMounts: [{name: 'v', mountPath: '/one', subPath: 'a'}]", missing))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"error mounting /x", "open /volume-subpaths/x"})
    void anotherMountIsNotOfASubPath(String message) {
        assertThat(found(MOUNTS, crashLoop("exitCode: 128, reason: 'StartError', message: '" + message + "'")))
                .isEmpty();
    }
}
