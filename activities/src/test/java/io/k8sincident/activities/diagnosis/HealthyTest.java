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

    @Test
    void runningAgainThreeSecondsAfterACrashIsNotHealthyYet() {
        assertThat(rollout(IMAGE, IMAGE, """
                ready: true, restartCount: 3, state: {running: {startedAt: '2026-03-01T11:59:57Z'}},
                lastState: {terminated: {exitCode: 1, reason: 'Error', startedAt: '2026-03-01T11:59:10Z',
                  finishedAt: '2026-03-01T11:59:15Z'}}""").diagnoses()).hasSize(1);
    }
}
