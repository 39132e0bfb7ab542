package io.k8sincident.activities.diagnosis;

import static io.k8sincident.activities.diagnosis.Fixture.rollout;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What looks broken and is not gives no incident. */
class HealthyTest {
    private static final String IMAGE = "image: 'r.test/web:1'";

    @Test
    void restartedOnceLongAgo() {
        assertThat(rollout(IMAGE, IMAGE, """
                ready: true, restartCount: 1, state: {running: {startedAt: '2026-03-01T11:40:00Z'}},
                lastState: {terminated: {exitCode: 1, reason: 'Error', startedAt: '2026-03-01T11:39:00Z',
                  finishedAt: '2026-03-01T11:39:59Z'}}""").diagnoses()).isEmpty();
    }

    @Test
    void restartedWithItsNode() {
        assertThat(rollout(IMAGE, IMAGE, """
                ready: true, restartCount: 1, state: {running: {startedAt: '2026-03-01T11:59:40Z'}},
                lastState: {terminated: {exitCode: 255, reason: 'Unknown', startedAt: '2026-03-01T11:39:00Z',
                  finishedAt: '2026-03-01T11:59:39Z'}}""").diagnoses()).isEmpty();
    }

    @Test
    void creatingItsContainers() {
        assertThat(rollout(IMAGE, IMAGE, Fixture.waiting("ContainerCreating", ""))
                        .diagnoses())
                .isEmpty();
    }

    @Test
    void notReadyYetWithAServerThatDoesNotListenYet() {
        assertThat(rollout(IMAGE, "image: 'i', readinessProbe: {httpGet: {port: 8080}}", """
                ready: false, restartCount: 0, state: {running: {startedAt: '2026-03-01T11:59:30Z'}}""")
                        .event(
                                "Unhealthy",
                                "Readiness probe failed: dial tcp 10.0.0.1:8080: connect: connection refused",
                                9)
                        .diagnoses())
                .isEmpty();
    }

    private static Fixture jobPod(String restartPolicy, int fetchCode, boolean trainReady) {
        return new Fixture().object("""
                        {apiVersion: 'batch/v1', kind: 'Job', metadata: {namespace: 'demo', name: 'train', uid: 'j'},
                         spec: {parallelism: 1, completions: 1}, status: {active: 1}}""").object("""
                        {apiVersion: 'v1', kind: 'Pod', metadata: {namespace: 'demo', name: 'train-1', uid: 'p',
                           creationTimestamp: '2026-03-01T11:48:00Z', ownerReferences: [{apiVersion: 'batch/v1',
                           kind: 'Job', name: 'train', uid: 'j', controller: true}]},
                         spec: {nodeName: 'n', restartPolicy: '%s', containers: [{name: 'fetch'}, {name: 'train'}]},
                         status: {phase: 'Running', conditions: [{type: 'Ready', status: 'False',
                             reason: 'ContainersNotReady'}],
                           containerStatuses: [{name: 'fetch', ready: false, state: {terminated: {exitCode: %d}}},
                             {name: 'train', ready: %s, state: {running: {startedAt: '2026-03-01T11:48:05Z'}}}]}}
                        """.formatted(restartPolicy, fetchCode, trainReady));
    }

    @Test
    void oneContainerOfAJobIsDoneBeforeTheOther() {
        assertThat(jobPod("Never", 0, true).diagnoses()).isEmpty();
        assertThat(jobPod("OnFailure", 0, true).diagnoses()).isEmpty();
    }

    @Test
    void aJobWithAContainerThatIsNotReadyOrFailedIsNotHealthy() {
        assertThat(jobPod("Never", 0, false).diagnoses()).hasSize(1);
        assertThat(jobPod("Never", 1, true).diagnoses()).hasSize(1);
    }

    @Test
    void aGrpcServerThatDoesNotListenYet() {
        assertThat(rollout(IMAGE, "image: 'i', readinessProbe: {grpc: {port: 9000}}", """
                ready: false, restartCount: 0, state: {running: {startedAt: '2026-03-01T11:58:30Z'}}""")
                        .event(
                                "Unhealthy",
                                "Readiness probe failed: timeout: failed to connect service 10.2.0.5:9000 within 1s:"
                                        + " context deadline exceeded",
                                12)
                        .diagnoses())
                .isEmpty();
    }

    @Test
    void runningAgainThreeSecondsAfterACrashIsNotHealthyYet() {
        assertThat(rollout(IMAGE, IMAGE, """
                ready: true, restartCount: 3, state: {running: {startedAt: '2026-03-01T11:59:57Z'}},
                lastState: {terminated: {exitCode: 1, reason: 'Error', startedAt: '2026-03-01T11:59:10Z',
                  finishedAt: '2026-03-01T11:59:15Z'}}""").diagnoses()).hasSize(1);
    }
}
