package io.k8sincident.activities.diagnosis;

import static io.k8sincident.activities.diagnosis.FailingPod.IMAGE;
import static io.k8sincident.activities.diagnosis.FailingPod.culprit;
import static io.k8sincident.activities.diagnosis.FailingPod.kill;
import static io.k8sincident.activities.diagnosis.Fixture.crashLoop;
import static io.k8sincident.activities.diagnosis.Fixture.rollout;
import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.workflows.model.Confidence;
import io.k8sincident.workflows.model.Culprit;
import io.k8sincident.workflows.model.Diagnosis;
import org.junit.jupiter.api.Test;

/** Who ended a container that did not end by itself: the kubelet after a probe, or the kernel for memory; and slow probes. */
class KillRulesTest {
    @Test
    void aKillThatTheEventLimitHidSinceIsLikely() {
        Diagnosis diagnosis = kill(IMAGE + ", livenessProbe: {httpGet: {port: 80}}", 137, "2026-03-01T11:55:00Z")
                .diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("liveness-probe-kill");
        assertThat(diagnosis.confidence()).isEqualTo(Confidence.LIKELY);
    }

    @Test
    void anEarlierKillDoesNotExplainAnErrorOfTheApplication() {
        Diagnosis diagnosis = kill(IMAGE + ", livenessProbe: {httpGet: {port: 80}}", 3, "2026-03-01T11:55:00Z")
                .log("FATAL: index is corrupt\n")
                .diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("app-exit");
    }

    @Test
    void aSuccessAfterAKillIsNoPrematureExit() {
        Diagnosis diagnosis = kill(IMAGE + ", livenessProbe: {httpGet: {port: 80}}", 0, "2026-03-01T11:55:00Z")
                .diagnosis();

        assertThat(diagnosis.cause()).isNotEqualTo("premature-exit");
    }

    @Test
    void aLimitThatNothingCanStartUnderIsAnOom() {
        Diagnosis diagnosis = rollout(
                        IMAGE,
                        IMAGE + ", resources: {limits: {memory: '1Mi'}}",
                        crashLoop(
                                "exitCode: 128, reason: 'StartError', message: 'container init was OOM-killed (memory limit too low?)'"))
                .diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("oom-limit");
    }

    @Test
    void anOomWithoutALimitIsTheNodes() {
        Diagnosis diagnosis = rollout(IMAGE, IMAGE, crashLoop("exitCode: 137, reason: 'OOMKilled'"))
                .diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("oom-node");
        assertThat(culprit(diagnosis).kind()).isEqualTo("Node");
    }

    @Test
    void littleCpuExplainsProbesThatTimeOut() {
        Diagnosis diagnosis = rollout(
                        IMAGE,
                        IMAGE + ", resources: {limits: {cpu: '10m'}}, readinessProbe: {httpGet: {port: 80}}",
                        "ready: false, restartCount: 0, state: {running: {startedAt: '2026-03-01T11:52:02Z'}}")
                .event("Unhealthy", "Readiness probe failed: context deadline exceeded", 20)
                .diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("cpu-throttled");
        assertThat(culprit(diagnosis))
                .extracting(Culprit::field, Culprit::value)
                .containsExactly("resources.limits.cpu", "10m");
    }

    @Test
    void probesThatTimeOutWithEnoughCpuAreSlow() {
        Diagnosis diagnosis = rollout(
                        IMAGE,
                        IMAGE + ", resources: {limits: {cpu: '2'}}, readinessProbe: {httpGet: {port: 80}}",
                        "ready: false, restartCount: 0, state: {running: {startedAt: '2026-03-01T11:52:02Z'}}")
                .event("Unhealthy", "Readiness probe failed: context deadline exceeded", 20)
                .diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("readiness-probe-failing");
    }
}
