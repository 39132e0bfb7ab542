package io.k8sincident.activities.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.activities.remediation.Diagnosticians;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressingTest {
    private static final String RUNNING = "ready: false, state: {running: {startedAt: '2026-03-01T11:59:50Z'}}";

    /** Moments at which a cause is coming that nobody can tell from a slow start: they are not called well. */
    @Test
    void whatIsTooEarlyToTellIsNotThereYet() {
        List<Score.Line> lines = Recordings.all().stream()
                .filter(moment -> !moment.healthy() && !moment.abstain())
                .flatMap(moment -> Score.of(moment).stream())
                .toList();

        assertThat(lines)
                .filteredOn(line -> line.verdict() == Score.Verdict.PROGRESSING)
                .hasSize(9);
        assertThat(lines)
                .filteredOn(line -> line.verdict() == Score.Verdict.MISSED)
                .extracting(line -> line.moment().scenario())
                .containsExactly("reindex-deadline");
    }

    @Test
    void aPodThatIsNotReadyIsCounted() {
        Snapshot snapshot = new Fixture()
                .deployment(1, 1)
                .revision(1, "image: 'a'")
                .pod(1, "image: 'a'", RUNNING)
                .snapshot();

        assertThat(in(snapshot)).singleElement().satisfies(workload -> {
            assertThat(workload.workload()).startsWith("Deployment/");
            assertThat(workload.state()).isEqualTo("1 pod not ready");
            assertThat(workload.latest()).isNull();
        });
    }

    @Test
    void theNewestWarningSaysMoreThanTheCondition() {
        Snapshot snapshot = new Fixture()
                .deployment(2, 1)
                .revision(2, "image: 'a'")
                .pod(2, "image: 'a'", RUNNING)
                .event("Unhealthy", "Startup probe failed: connection refused", 2)
                .snapshot();

        assertThat(in(snapshot))
                .extracting(Progressing::latest)
                .containsExactly("Unhealthy ×2: Startup probe failed: connection refused");
    }

    @Test
    void whatAnIncidentIsAboutIsNotListedAgain() {
        Snapshot snapshot = Fixture.rollout(
                        "image: 'a'", "image: 'b'", Fixture.crashLoop("exitCode: 1, reason: 'Error'"))
                .snapshot();

        assertThat(Diagnosticians.standard().diagnose(snapshot)).isNotEmpty();
        assertThat(in(snapshot)).isEmpty();
    }

    @Test
    void aJobThatIsCompleteKeepsItsFailedPodsWithoutAWord() {
        assertThat(in(job("")))
                .extracting(Progressing::state)
                .containsExactly("1 pod failed, and the Job may try again");
        assertThat(in(job("{type: 'Complete', status: 'True'}"))).isEmpty();
    }

    private static Snapshot job(String condition) {
        return new Fixture()
                .object(
                        "{apiVersion: 'batch/v1', kind: 'Job', metadata: {namespace: 'demo', name: 'nightly', uid: 'j'},"
                                + " spec: {backoffLimit: 6}, status: {conditions: [" + condition + "]}}")
                .object("{apiVersion: 'v1', kind: 'Pod', metadata: {namespace: 'demo', name: 'nightly-1', uid: 'p',"
                        + " creationTimestamp: '2026-03-01T11:59:50Z', ownerReferences: [{apiVersion: 'batch/v1',"
                        + " kind: 'Job', name: 'nightly', uid: 'j', controller: true}]},"
                        + " spec: {restartPolicy: 'Never', containers: [{name: 'app', image: 'a'}]},"
                        + " status: {phase: 'Failed', containerStatuses: [{name: 'app', ready: false, state:"
                        + " {terminated: {exitCode: 1, reason: 'Error', finishedAt: '2026-03-01T11:59:55Z'}}}]}}")
                .snapshot();
    }

    private static List<Progressing> in(Snapshot snapshot) {
        return Progressing.in(snapshot, Diagnosticians.standard().diagnose(snapshot));
    }
}
