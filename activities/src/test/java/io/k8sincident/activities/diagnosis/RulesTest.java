package io.k8sincident.activities.diagnosis;

import static io.k8sincident.activities.diagnosis.Fixture.crashLoop;
import static io.k8sincident.activities.diagnosis.Fixture.rollout;
import static io.k8sincident.activities.diagnosis.Fixture.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.workflows.model.Confidence;
import io.k8sincident.workflows.model.Culprit;
import io.k8sincident.workflows.model.Diagnosis;
import org.junit.jupiter.api.Test;

/** Each cause on a cluster made by hand: recognised where it is proven, not claimed where a neighbour could be meant. */
class RulesTest {
    private static final String IMAGE = "image: 'r.test/web:1'";
    private static final String NEW_IMAGE = "image: 'r.test/web:2'";

    @Test
    void namesTheDeploymentAndNotItsReplicaSet() {
        Diagnosis diagnosis = rollout(IMAGE, NEW_IMAGE, waiting("InvalidImageName", "couldn`t parse"))
                .diagnosis();

        assertThat(diagnosis.target()).isNotNull();
        assertThat(Score.name(diagnosis.target())).isEqualTo("Deployment/web");
    }

    @Test
    void appExitNeedsThatTheApplicationSaysWhy() {
        Diagnosis diagnosis = rollout(IMAGE, IMAGE, crashLoop("exitCode: 1, reason: 'Error'"))
                .log("INFO starting\nFATAL cannot open licence file\n")
                .diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("app-exit");
        assertThat(diagnosis.confidence()).isEqualTo(Confidence.PROVEN);
    }

    @Test
    void abstainsWhenTheLogStopsInTheMiddleOfWork() {
        Diagnosis diagnosis = rollout(IMAGE, IMAGE, crashLoop("exitCode: 1, reason: 'Error'"))
                .log("ERROR cache not writable, going on without\nloading catalogue\n")
                .diagnosis();

        assertThat(diagnosis.cause()).isNull();
        assertThat(diagnosis.missing())
                .anySatisfy(missing -> assertThat(missing.command()).contains("kubectl logs"));
    }

    @Test
    void abstainsWhenTheLogIsRefused() {
        Diagnosis diagnosis = rollout(IMAGE, IMAGE, crashLoop("exitCode: 1, reason: 'Error'"))
                .noLog("403 Forbidden")
                .diagnosis();

        assertThat(diagnosis.abstained()).isTrue();
        assertThat(diagnosis.missing())
                .anySatisfy(missing -> assertThat(missing.what()).contains("403 Forbidden"));
    }

    @Test
    void appExitIsLikelyWhereOnlyTheFormerRevisionTells() {
        Diagnosis diagnosis = rollout(IMAGE, NEW_IMAGE, crashLoop("exitCode: 1, reason: 'Error'"))
                .log("")
                .diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("app-exit");
        assertThat(diagnosis.confidence()).isEqualTo(Confidence.LIKELY);
    }

    @Test
    void theFormerRevisionTellsNothingWhereTheLogIsRefused() {
        Diagnosis diagnosis = rollout(IMAGE, NEW_IMAGE, crashLoop("exitCode: 1, reason: 'Error'"))
                .noLog("403 Forbidden")
                .diagnosis();

        assertThat(diagnosis.abstained()).isTrue();
    }

    @Test
    void aGoPanicIsNoBadArgument() {
        Diagnosis diagnosis = rollout(IMAGE, "image: 'i', args: ['-x']", crashLoop("exitCode: 2, reason: 'Error'"))
                .log(
                        "panic: runtime error: index out of range\n\ngoroutine 1 [running]:\nmain.main()\n\t/src/main.go:9\n")
                .diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("app-exit");
    }

    @Test
    void badArgumentsIsTheComplaintOfAParser() {
        Diagnosis diagnosis = rollout(IMAGE, "image: 'i', args: ['--prot']", crashLoop("exitCode: 1, reason: 'Error'"))
                .log("Error: unknown flag: --prot\nUsage:\n  web [flags]\n\nFlags:\n      --port int\n")
                .diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("bad-arguments");
        assertThat(diagnosis.culprit()).extracting(Culprit::field).isEqualTo("args");
    }

    @Test
    void badCommandIsWhatTheRuntimeCouldNotExecute() {
        Diagnosis diagnosis = rollout(
                        IMAGE,
                        "image: 'i', command: ['/bin/wep']",
                        crashLoop(
                                "exitCode: 128, reason: 'StartError', message: 'exec: /bin/wep: no such file or directory'"))
                .diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("bad-command");
        assertThat(diagnosis.culprit()).extracting(Culprit::field).isEqualTo("command");
    }

    @Test
    void aMountThatFailsAtTheStartIsNoBadCommand() {
        Diagnosis diagnosis = rollout(
                        IMAGE,
                        IMAGE,
                        crashLoop("exitCode: 128, reason: 'StartError', message: 'error mounting x: not a directory'"))
                .diagnosis();

        assertThat(diagnosis.cause()).isNotEqualTo("bad-command");
    }

    @Test
    void aShellThatFindsNothingEndsWith127() {
        Diagnosis diagnosis = rollout(IMAGE, "image: 'i', command: ['sh', '-c', 'wep']", crashLoop("exitCode: 127"))
                .log("sh: wep: not found\n")
                .diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("bad-command");
    }

    @Test
    void aMissingSharedLibraryEndsWith127Too() {
        Diagnosis diagnosis = rollout(IMAGE, IMAGE, crashLoop("exitCode: 127"))
                .log("/app: error while loading shared libraries: libx.so.1: cannot open shared object file\n")
                .diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("missing-shared-library");
    }

    @Test
    void oomLimitIsToldByTheReasonWhateverTheExitCode() {
        Diagnosis diagnosis = rollout(
                        IMAGE,
                        "image: 'i', resources: {limits: {memory: '64Mi'}}",
                        crashLoop("exitCode: 1, reason: 'OOMKilled'"))
                .log("FATAL worker died\n")
                .diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("oom-limit");
        assertThat(diagnosis.culprit()).extracting(Culprit::value).isEqualTo("64Mi");
    }

    @Test
    void exit137AloneIsNoOom() {
        Diagnosis diagnosis = rollout(
                        IMAGE,
                        "image: 'i', resources: {limits: {memory: '64Mi'}}",
                        crashLoop("exitCode: 137, reason: 'Error'"))
                .log("worker started\n")
                .diagnosis();

        assertThat(diagnosis.cause()).isNull();
    }

    @Test
    void livenessProbeKillIsToldByTheEventsWhateverTheExitCode() {
        Diagnosis diagnosis = rollout(
                        IMAGE,
                        "image: 'i', livenessProbe: {httpGet: {path: '/alive', port: 8080}}",
                        crashLoop("exitCode: 0, reason: 'Completed'"))
                .event("Unhealthy", "Liveness probe failed: HTTP probe failed with statuscode: 404", 9)
                .event("Killing", "Container app failed liveness probe, will be restarted", 4)
                .diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("liveness-probe-kill");
        assertThat(diagnosis.culprit()).extracting(Culprit::field).isEqualTo("livenessProbe.httpGet.path");
    }

    @Test
    void endingWithZeroIsNotPrematureWhereAProbesKillCouldHaveExpired() {
        Diagnosis diagnosis = rollout(
                        IMAGE,
                        "image: 'i', livenessProbe: {httpGet: {path: '/alive', port: 8080}}",
                        crashLoop("exitCode: 0, reason: 'Completed'"))
                .diagnosis();

        assertThat(diagnosis.cause()).isNull();
    }

    @Test
    void insufficientCpuIsTheSchedulersCount() {
        assertThat(pending("0/3 nodes are available: 1 node(s) had untolerated taint {a: b}, 2 Insufficient cpu.")
                        .diagnosis()
                        .cause())
                .isEqualTo("insufficient-cpu");
    }

    @Test
    void insufficientMemoryWinsWhereMoreNodesLackIt() {
        assertThat(pending("0/3 nodes are available: 1 Insufficient cpu, 3 Insufficient memory.")
                        .diagnosis()
                        .cause())
                .isEqualTo("insufficient-memory");
    }

    @Test
    void abstainsWhereTheSchedulerSaysNothing() {
        assertThat(pending("").diagnosis().abstained()).isTrue();
    }

    private static Fixture pending(String message) {
        return new Fixture().deployment(1, 1).revision(1, IMAGE).object("""
                {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'web-1-x', namespace: 'demo', uid: 'p-1',
                  creationTimestamp: '2026-03-01T11:58:00Z',
                  ownerReferences: [{kind: 'ReplicaSet', name: 'web-1', uid: 'r-1', controller: true}]},
                 spec: {containers: [{name: 'app', image: 'i', resources: {requests: {cpu: '64', memory: '1Gi'}}}]},
                 status: {phase: 'Pending', conditions: [
                  {type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: '%s'}]}}
                """.formatted(message));
    }
}
