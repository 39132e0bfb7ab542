package io.k8sincident.activities.diagnosis.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.diagnosis.Fixture;
import io.k8sincident.workflows.model.Confidence;
import io.k8sincident.workflows.model.Culprit;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CpuThrottledTest {
    private static final String PROBE = "readinessProbe: {httpGet: {path: '/up', port: 80}}";
    private static final String SLOW = "Readiness probe failed: context deadline exceeded";

    private static String limited(String cpu) {
        return "image: 'i', %s, resources: {limits: {cpu: '%s'}}".formatted(PROBE, cpu);
    }

    /** One revision, whose pod runs and is not ready. */
    private static Fixture notReady(String container, String reason, String message, int count) {
        return new Fixture()
                .deployment(2, 1)
                .revision(2, container)
                .pod(2, container, "ready: false, state: {running: {startedAt: '2026-03-01T11:52:05Z'}}")
                .event("Unhealthy", "Readiness probe failed: HTTP probe failed with statuscode: 404", 7)
                .event(reason, message, count);
    }

    private static Fixture other(Fixture fixture, String namespace, String container, boolean ready) {
        return fixture.object("""
                {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'other', namespace: '%s', uid: 'u-o'},
                 spec: {nodeName: 'n', containers: [{name: 'b', %s}]},
                 status: {phase: 'Running', conditions: [{type: 'Ready', status: 'True'}],
                   containerStatuses: [{name: 'b', ready: %s, state: {running: {startedAt: '2026-03-01T10:00:00Z'}}}]}}
                """.formatted(namespace, container, ready));
    }

    private static Optional<Finding> found(Fixture fixture) {
        return Seen.by(new CpuThrottled(), fixture);
    }

    @Test
    void hardlyAnyCpuIsLikely() {
        Finding finding = found(notReady(limited("30m"), "Unhealthy", SLOW, 3)).orElseThrow();

        assertThat(finding.confidence()).isEqualTo(Confidence.LIKELY);
        assertThat(finding.culprit()).isEqualTo(new Culprit("Deployment", "web", "app", "resources.limits.cpu", "30m"));
        assertThat(Seen.said(finding)).containsExactly("the probes of container app time out", "its CPU limit is 30m");
        assertThat(finding.claims().get(0).facts().get(0).where()).startsWith("Event Unhealthy");
        assertThat(Seen.ruledOut(finding)).containsExactly("app-exit");
    }

    @Test
    void itIsNotWhereThereIsMoreOrOnlyOnce() {
        assertThat(found(notReady(limited("31m"), "Unhealthy", SLOW, 3))).isEmpty();
        assertThat(found(notReady(limited("30m"), "Unhealthy", SLOW, 2))).isEmpty();
        assertThat(found(notReady("image: 'i'", "Unhealthy", SLOW, 3))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"command timed out after 1s", "Client.Timeout exceeded", "deadline exceeded"})
    void theProbeTimesOut(String words) {
        assertThat(found(notReady(limited("20m"), "Unhealthy", words, 9))).isPresent();
        assertThat(found(notReady(limited("20m"), "Other", words, 9))).isEmpty();
    }

    @Test
    void anotherFailureOfTheProbeIsNoLackOfCpu() {
        assertThat(found(notReady(limited("20m"), "Unhealthy", "connection refused", 9)))
                .isEmpty();
    }

    @Test
    void aServerThatIsNotReachedIsNotSlow() {
        String message = "timeout: failed to connect service 10.2.0.5:9000 within 1s: context deadline exceeded";

        assertThat(found(notReady(limited("20m"), "Unhealthy", message, 12))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"200m, 200m", "1, 1", "'', none"})
    void oneThatIsReadyWithMoreProvesIt(String cpu, String shown) {
        Fixture fixture = other(
                notReady(limited("100m"), "Unhealthy", SLOW, 1),
                "demo",
                cpu.isEmpty() ? "image: 'i', " + PROBE : limited(cpu),
                true);

        Finding finding = found(fixture).orElseThrow();

        assertThat(finding.confidence()).isEqualTo(Confidence.PROVEN);
        assertThat(Seen.said(finding)).endsWith("the same image and probes are ready with more");
        assertThat(finding.claims().get(2).facts().get(0).summary())
                .isEqualTo("container b of other is ready with CPU limit " + shown);
    }

    @Test
    void oneWithHardlyMoreProvesNothing() {
        assertThat(found(other(notReady(limited("100m"), "Unhealthy", SLOW, 1), "demo", limited("199m"), true)))
                .isEmpty();
        assertThat(found(other(notReady(limited("100m"), "Unhealthy", SLOW, 1), "demo", limited("odd"), true)))
                .isEmpty();
    }

    @Test
    void oneThatIsNotAlikeProvesNothing() {
        Fixture fixture = notReady(limited("100m"), "Unhealthy", SLOW, 1);

        assertThat(found(other(fixture, "else", limited("1"), true))).isEmpty();
        assertThat(found(other(notReady(limited("100m"), "Unhealthy", SLOW, 1), "demo", "image: 'x', " + PROBE, true)))
                .isEmpty();
        assertThat(found(other(
                        notReady("image: 'i', resources: {limits: {cpu: '100m'}}", "Unhealthy", SLOW, 1),
                        "demo",
                        "image: 'i'",
                        true)))
                .isEmpty();
        assertThat(found(other(
                        notReady(limited("100m"), "Unhealthy", SLOW, 1),
                        "demo",
                        "image: 'i', readinessProbe: {httpGet: {path: '/else', port: 80}}",
                        true)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {", command: ['a']", ", args: ['a']", ", env: [{name: 'A', value: 'a'}]"})
    void oneThatRunsSomethingElseProvesNothing(String what) {
        assertThat(found(other(notReady(limited("100m") + what, "Unhealthy", SLOW, 1), "demo", limited("1"), true)))
                .isEmpty();
        assertThat(found(other(
                        notReady(limited("100m") + what, "Unhealthy", SLOW, 1), "demo", limited("1") + what, true)))
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource({"499m, true", "500m, false", "2, false"})
    void oneThatHasPlentyIsNotThrottled(String cpu, boolean found) {
        assertThat(found(other(notReady(limited(cpu), "Unhealthy", SLOW, 1), "demo", "image: 'i', " + PROBE, true))
                        .isPresent())
                .isEqualTo(found);
    }

    @Test
    void withoutALimitOrATimeOutNothingProvesIt() {
        assertThat(found(other(
                        notReady("image: 'i', " + PROBE, "Unhealthy", SLOW, 1), "demo", "image: 'i', " + PROBE, true)))
                .isEmpty();
        assertThat(found(other(notReady(limited("100m"), "Unhealthy", "refused", 1), "demo", limited("1"), true)))
                .isEmpty();
    }

    private static Fixture ended(String killing) {
        return new Fixture()
                .deployment(2, 1)
                .revision(2, limited("20m"))
                .pod(2, limited("20m"), Fixture.crashLoop("exitCode: 137, reason: 'Error'"))
                .event("Unhealthy", SLOW, 9)
                .event("Killing", killing, 9);
    }

    @ParameterizedTest
    @CsvSource({
        "'Container app failed liveness probe, will be restarted', true",
        "'Container app failed startup probe, will be restarted', true",
        "Stopping container app, false"
    })
    void aRunMustHaveEndedForItsProbe(String killing, boolean found) {
        assertThat(found(ended(killing)).isPresent()).isEqualTo(found);
    }
}
