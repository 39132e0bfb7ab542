package io.k8sincident.activities.diagnosis;

import static io.k8sincident.activities.diagnosis.FailingPod.IMAGE;
import static io.k8sincident.activities.diagnosis.FailingPod.culprit;
import static io.k8sincident.activities.diagnosis.Fixture.rollout;
import static io.k8sincident.activities.diagnosis.Fixture.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.workflows.model.Culprit;
import io.k8sincident.workflows.model.Diagnosis;
import org.junit.jupiter.api.Test;

/** Why a container never starts: its configuration, its security profile, its sandbox. */
class StartRulesTest {
    @Test
    void aSeccompProfileThatIsNotThereIsNoBadCommand() {
        Diagnosis diagnosis = rollout(
                        IMAGE,
                        IMAGE,
                        waiting(
                                "CreateContainerError",
                                "failed to create containerd container: cannot load seccomp profile: open x: no such file or directory"))
                .diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("security-profile-missing");
    }

    @Test
    void theUserOfTheSpecIsAtFaultWhereItIsRoot() {
        Diagnosis diagnosis = rollout(
                        IMAGE,
                        IMAGE + ", securityContext: {runAsNonRoot: true, runAsUser: 0}",
                        waiting(
                                "CreateContainerConfigError",
                                "container has runAsNonRoot: runAsUser breaks non-root policy"))
                .diagnosis();

        assertThat(diagnosis.abstained()).isTrue();
    }

    @Test
    void theImageIsAtFaultWhereItWouldRunAsRoot() {
        Diagnosis diagnosis = rollout(
                        IMAGE,
                        IMAGE,
                        waiting(
                                "CreateContainerConfigError",
                                "container has runAsNonRoot and image will run as root (pod: x)"))
                .diagnosis();

        assertThat(culprit(diagnosis).field()).isEqualTo("image");
    }

    @Test
    void aVariableOfASubPathThatIsNotSetIsASubPath() {
        Diagnosis diagnosis = rollout(
                        IMAGE,
                        IMAGE + ", volumeMounts: [{name: 'd', mountPath: '/d', subPathExpr: '$(POD)'}]",
                        waiting("CreateContainerConfigError", "missing value for POD"))
                .diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("volume-subpath-failed");
    }

    @Test
    void aNewSandboxIdEachTimeIsTheSameFailure() {
        Diagnosis diagnosis = rollout(IMAGE, IMAGE, waiting("ContainerCreating", ""))
                .event("FailedCreatePodSandBox", "failed to setup network for sandbox a1: plugin failed", 1)
                .event("FailedCreatePodSandBox", "failed to setup network for sandbox b2: plugin failed", 2)
                .diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("pod-network-failing");
    }

    @Test
    void aPodThatItsNodeRefusesForASysctlNamesIt() {
        Diagnosis diagnosis =
                new Fixture().deployment(1, 1).revision(1, IMAGE).object("""
                        {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'web-1-x', namespace: 'demo', uid: 'p-1',
                          creationTimestamp: '2026-03-01T11:51:00Z',
                          ownerReferences: [{apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web-1', uid: 'r-1',
                            controller: true}]},
                         spec: {nodeName: 'n1', containers: [{name: 'app'}],
                          securityContext: {sysctls: [{name: 'net.core.somaxconn', value: '1024'}]}},
                         status: {phase: 'Failed', reason: 'SysctlForbidden',
                          message: 'Pod was rejected: forbidden sysctl: "net.core.somaxconn" not allowlisted'}}
                        """).diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("sysctl-forbidden");
        assertThat(culprit(diagnosis).value()).isEqualTo("1024");
    }

    @Test
    void blamesTheDemandForAUserOtherThanRootWhereTheImageRanBefore() {
        Diagnosis diagnosis = Fixture.rollout(
                        "image: 'web:1'",
                        "image: 'web:1', securityContext: {runAsNonRoot: true}",
                        Fixture.waiting(
                                "CreateContainerConfigError",
                                "container has runAsNonRoot and image will run as root (pod: x, container: app)"))
                .diagnoses()
                .get(0);

        assertThat(diagnosis.culprit())
                .extracting(Culprit::container, Culprit::field, Culprit::value)
                .containsExactly("app", "securityContext.runAsNonRoot", "true");
    }
}
