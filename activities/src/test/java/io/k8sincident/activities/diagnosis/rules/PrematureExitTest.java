package io.k8sincident.activities.diagnosis.rules;

import static io.k8sincident.activities.diagnosis.Fixture.crashLoop;
import static io.k8sincident.activities.diagnosis.Fixture.rollout;
import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.diagnosis.Fixture;
import io.k8sincident.workflows.model.Culprit;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrematureExitTest {
    private static final String PROBED = "image: 'i', livenessProbe: {}";

    private static Fixture ended(String container) {
        return rollout("image: 'a'", container, crashLoop("exitCode: 0, reason: 'Completed'"));
    }

    private static Optional<Finding> found(Fixture fixture) {
        return Seen.by(new PrematureExit(), fixture);
    }

    /** An event of the container at this time; its newest run began at 11:59:30. */
    private static Fixture event(Fixture fixture, String reason, String message, int count, String last) {
        return fixture.object("""
                {kind: 'Event', metadata: {name: '%1$s', namespace: 'demo'}, reason: '%1$s', message: '%2$s', count: %3$d,
                 lastTimestamp: '%4$s', involvedObject: {kind: 'Pod', namespace: 'demo', name: 'web-2-x', uid: 'p-2',
                   fieldPath: 'spec.containers{app}'}}""".formatted(reason, message, count, last));
    }

    @Test
    void whatNothingCouldKillEndsByItself() {
        Finding finding = found(ended("image: 'i'")).orElseThrow();

        assertThat(finding.cause()).isEqualTo("premature-exit");
        assertThat(Seen.said(finding))
                .containsExactly(
                        "container app ended by itself with success", "its pod restarts it whatever it ends with");
        assertThat(Seen.ruledOut(finding)).containsExactly("liveness-probe-kill", "app-exit");
    }

    @ParameterizedTest
    @CsvSource({
        "'image: ''i''', image, i",
        "'image: ''i'', args: [''x'']', args, '[\"x\"]'",
        "'image: ''i'', args: [''x''], command: [''y'']', command, '[\"y\"]'"
    })
    void atFaultIsWhatItRuns(String container, String field, String value) {
        assertThat(Seen.culprit(found(ended(container))))
                .isEqualTo(new Culprit("Deployment", "web", "app", field, value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"livenessProbe: {}", "startupProbe: {}", "lifecycle: {postStart: {}}"})
    void whatCouldBeKilledMayHaveBeen(String killer) {
        assertThat(found(ended("image: 'i', " + killer))).isEmpty();
    }

    @Test
    void anEventOfThatRunWouldShowAKill() {
        assertThat(found(event(ended(PROBED), "Pulled", "x", 1, "2026-03-01T11:59:30Z")))
                .isPresent();
        assertThat(found(event(ended(PROBED), "Pulled", "x", 1, "2026-03-01T11:59:29Z")))
                .isEmpty();
        assertThat(found(event(ended(PROBED), "Pulled", "x", 1, ""))).isEmpty();
    }

    @Test
    void startsToldFromTheFirstOnWouldShowAKill() {
        assertThat(found(event(ended(PROBED), "Started", "x", 2, "2026-03-01T11:50:00Z")))
                .isPresent();
        assertThat(found(event(ended(PROBED), "Started", "x", 1, "2026-03-01T11:50:00Z")))
                .isEmpty();
        assertThat(found(event(ended(PROBED), "Pulled", "x", 2, "2026-03-01T11:50:00Z")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Killing, stopping",
        "FailedPostStartHook, x",
        "Unhealthy, Liveness probe failed",
        "Unhealthy, Startup probe failed"
    })
    void aWordOfAKillIsEnough(String reason, String message) {
        Fixture fixture = event(ended(PROBED), "Pulled", "x", 1, "2026-03-01T11:59:31Z");

        assertThat(found(event(fixture, reason, message, 1, "2026-03-01T11:40:00Z")))
                .isEmpty();
    }

    @Test
    void aSidecarIsNotTheApplication() {
        Fixture fixture = new Fixture().object("""
                {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'p', namespace: 'demo', uid: 'u-p',
                   creationTimestamp: '2026-03-01T11:00:00Z'},
                 spec: {nodeName: 'n', initContainers: [{name: 's', restartPolicy: 'Always'}], containers: [{name: 'app'}]},
                 status: {phase: 'Pending', initContainerStatuses: [{name: 's', %s}]}}
                """.formatted(crashLoop("exitCode: 0, reason: 'Completed'")));

        assertThat(found(fixture)).isEmpty();
    }

    @Test
    void aReadinessProbeKillsNothing() {
        Fixture fixture = event(ended(PROBED), "Pulled", "x", 1, "2026-03-01T11:59:31Z");

        assertThat(found(event(fixture, "Unhealthy", "Readiness probe failed", 1, "2026-03-01T11:59:31Z")))
                .isPresent();
    }
}
