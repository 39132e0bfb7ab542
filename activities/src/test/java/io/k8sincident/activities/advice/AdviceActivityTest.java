package io.k8sincident.activities.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.k8sincident.activities.audit.ChainedEntry;
import io.k8sincident.activities.diagnosis.Fixture;
import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.activities.evidence.Snapshots;
import io.k8sincident.activities.remediation.Diagnosticians;
import io.k8sincident.activities.testing.MemoryBlobStore;
import io.k8sincident.activities.testing.MemoryTrail;
import io.k8sincident.activities.testing.TestClock;
import io.k8sincident.workflows.activity.AdviceActivity;
import io.k8sincident.workflows.activity.AdviceActivity.AdviceRequest;
import io.k8sincident.workflows.model.Advice;
import io.k8sincident.workflows.model.Advice.Status;
import io.k8sincident.workflows.model.Diagnosis;
import io.k8sincident.workflows.model.Target;
import io.temporal.failure.CanceledFailure;
import io.temporal.testing.TestActivityEnvironment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdviceActivityTest {
    private static final String INCIDENT = "incident:test:demo:deployment:web";

    private final MemoryBlobStore blobs = new MemoryBlobStore();
    private final MemoryTrail trail = new MemoryTrail(new TestClock(Fixture.NOW));
    private final TestActivityEnvironment environment = TestActivityEnvironment.newInstance();
    private final List<Diagnosis> asked = new ArrayList<>();

    @AfterEach
    void close() {
        environment.close();
    }

    private Advice advise(Advisor advisor, String target, String snapshotDigest) {
        environment.registerActivitiesImplementations(
                new AdviceActivityImpl(advisor, "m:1b", blobs, Snapshots::fromBytes, Diagnosticians.standard(), trail));
        return environment
                .newActivityStub(AdviceActivity.class)
                .advise(new AdviceRequest(INCIDENT, "run-1", Target.deployment("demo", target), snapshotDigest));
    }

    private Advice advice(Snapshot snapshot, Diagnosis diagnosis, Progress.Listener progress) {
        asked.add(diagnosis);
        progress.progressed(new Progress(Progress.Stage.WRITING, 7, Duration.ofSeconds(1)));
        return Advice.unavailable("m:1b", Duration.ofMillis(1_500), "the model was tired of " + snapshot.source());
    }

    @Test
    void asksAboutTheDiagnosisThatIsPlannedFrom() {
        List<Integer> beats = new ArrayList<>();
        environment.setActivityHeartbeatListener(Integer.class, beats::add);
        Fixture incident = Cases.crash();
        String digest = blobs.put(Snapshots.toBytes(incident.snapshot()));

        Advice advice = advise(this::advice, "web", digest);

        assertThat(asked).containsExactly(incident.diagnosis());
        assertThat(advice.reason()).isEqualTo("the model was tired of fixture");
        assertThat(beats).containsExactly(7);
    }

    @Test
    void recordsWhoSaidWhatOfHowMuch() {
        advise(this::advice, "web", blobs.put(Snapshots.toBytes(Cases.crash().snapshot())));

        assertThat(trail.entries()).hasSize(1);
        ChainedEntry entry = trail.entries().get(0);
        assertThat(entry.event()).isEqualTo("advice");
        assertThat(entry.incident()).isEqualTo(INCIDENT);
        assertThat(entry.detail("model")).isEqualTo("m:1b");
        assertThat(entry.detail("status")).isEqualTo("UNAVAILABLE");
        assertThat(entry.detail("tookMillis")).isEqualTo("1500");
        assertThat(entry.detail("kept")).isEqualTo("0");
        assertThat(entry.detail("promptTokens")).isEqualTo("0");
    }

    @Test
    void asksNobodyWithoutEvidence() {
        Advice advice = advise(this::advice, "web", "sha256:gone");

        assertThat(advice.status()).isEqualTo(Status.UNAVAILABLE);
        assertThat(advice.reason()).contains("sha256:gone", "the model was not asked");
        assertThat(asked).isEmpty();
    }

    @Test
    void asksNobodyAboutWhatIsWell() {
        Advice advice = advise(
                this::advice, "other", blobs.put(Snapshots.toBytes(Cases.crash().snapshot())));

        assertThat(advice.reason()).contains("nothing in the evidence is in trouble");
        assertThat(asked).isEmpty();
    }

    @Test
    void aCancellationReachesTheModel() {
        environment.requestCancelActivity();
        String digest = blobs.put(Snapshots.toBytes(Cases.crash().snapshot()));

        assertThatThrownBy(() -> advise(this::advice, "web", digest)).isInstanceOf(CanceledFailure.class);
        assertThat(asked).hasSize(1);
        assertThat(trail.entries()).isEmpty();
    }
}
