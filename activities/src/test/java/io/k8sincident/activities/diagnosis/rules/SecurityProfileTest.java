package io.k8sincident.activities.diagnosis.rules;

import static io.k8sincident.activities.diagnosis.Fixture.rollout;
import static io.k8sincident.activities.diagnosis.Fixture.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.diagnosis.Fixture;
import io.k8sincident.workflows.model.Culprit;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecurityProfileTest {
    private static Optional<Finding> found(Fixture fixture) {
        return Seen.by(new SecurityProfile(), fixture);
    }

    private static Fixture refused(String container, String message) {
        return rollout("image: 'a'", container, waiting("CreateContainerError", message));
    }

    @ParameterizedTest
    @CsvSource({
        "seccompProfile, failed to load seccomp, seccomp",
        "appArmorProfile, apparmor profile x is not loaded, AppArmor"
    })
    void theProfileOfTheContainerIsAtFault(String field, String message, String name) {
        Finding finding = found(refused(
                        "image: 'i', securityContext: {%s: {type: 'Localhost', localhostProfile: 'x'}}"
                                .formatted(field),
                        message))
                .orElseThrow();

        assertThat(finding.culprit())
                .isEqualTo(new Culprit("Deployment", "web", "app", "securityContext." + field, "x"));
        assertThat(Seen.said(finding)).containsExactly("the node cannot apply the " + name + " profile");
        assertThat(Seen.ruledOut(finding)).containsExactly("bad-command");
    }

    @Test
    void withoutOneOfTheContainerItIsThePods() {
        assertThat(Seen.culprit(found(refused("image: 'i'", "failed to load seccomp"))))
                .isEqualTo(new Culprit("Deployment", "web", null, "spec.securityContext.seccompProfile", ""));
    }

    private static Fixture rejected(String spec, String message) {
        return new Fixture().object("""
                {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'p', namespace: 'demo', uid: 'u-p',
                   creationTimestamp: '2026-03-01T11:00:00Z'},
                 spec: {nodeName: 'n', %s}, status: {phase: 'Failed', reason: 'SysctlForbidden', message: '%s'}}
                """.formatted(spec, message));
    }

    @Test
    void aSysctlIsRefusedByTheNode() {
        Finding finding = found(rejected(
                        "containers: [{name: 'app'}], securityContext: {sysctls: [{name: 'a', value: '1'}, {name: 'b', value: '2'}]}",
                        "forbidden sysctl: \"b\" not allowlisted"))
                .orElseThrow();

        assertThat(finding.cause()).isEqualTo("sysctl-forbidden");
        assertThat(finding.culprit()).isEqualTo(new Culprit("Pod", "p", null, "spec.securityContext.sysctls[b]", "2"));
    }

    @Test
    void aPodIsRejectedForTheProfileOfOneOfItsContainers() {
        assertThat(Seen.culprit(found(rejected(
                        "containers: [{name: 'a'}, {name: 'b', securityContext: {appArmorProfile: {localhostProfile: 'x'}}}]",
                        "Cannot enforce AppArmor: profile \"x\" is not loaded"))))
                .isEqualTo(new Culprit("Pod", "p", "b", "securityContext.appArmorProfile", "x"));
    }

    @Test
    void otherWordsAreNotOfAProfile() {
        assertThat(found(refused("image: 'i'", "name is reserved"))).isEmpty();
    }
}
