package io.k8sincident.activities.investigation;

import static io.k8sincident.activities.investigation.Findings.CRASHY;
import static io.k8sincident.activities.investigation.Findings.NOW;
import static io.k8sincident.activities.investigation.Findings.diagnosis;
import static io.k8sincident.activities.investigation.Findings.request;
import static io.k8sincident.activities.investigation.Findings.snapshot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.k8sincident.activities.evidence.ClusterException;
import io.k8sincident.activities.evidence.Gap;
import io.k8sincident.activities.evidence.Resource;
import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.activities.evidence.SnapshotSource;
import io.k8sincident.activities.evidence.Snapshots;
import io.k8sincident.activities.testing.MemoryBlobStore;
import io.k8sincident.activities.testing.MemoryTrail;
import io.k8sincident.activities.testing.Remedy;
import io.k8sincident.workflows.model.Diagnosis;
import io.k8sincident.workflows.model.ErrorCode;
import io.k8sincident.workflows.model.IncidentRequest;
import io.k8sincident.workflows.model.Investigation;
import io.k8sincident.workflows.model.Missing;
import io.k8sincident.workflows.model.Observation;
import io.k8sincident.workflows.model.Person;
import io.k8sincident.workflows.model.Target;
import io.k8sincident.workflows.workflow.WireFormat;
import io.temporal.failure.ApplicationFailure;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EvidenceActivityImplTest {
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    private final MemoryTrail trail = new MemoryTrail(CLOCK);
    private final MemoryBlobStore blobs = new MemoryBlobStore();

    @Test
    void answersWithTheTargetAsItWasRead() throws JsonProcessingException {
        Investigation investigation =
                activity(snapshot(), List.of(diagnosis(CRASHY, 1))).collect(Remedy.INCIDENT, request());

        assertThat(investigation.target().uid()).isEqualTo("d-1");
        assertThat(investigation.takenAt()).isEqualTo(NOW);
    }

    @Test
    void readsNothingForTheIncidentOfAnotherObject() throws JsonProcessingException {
        EvidenceActivityImpl activity = activity(snapshot(), List.of());

        assertThatThrownBy(() -> activity.collect("incident:test:shop:deployment:web", request()))
                .isInstanceOfSatisfying(ApplicationFailure.class, failure -> {
                    assertThat(failure.getType()).isEqualTo("INVALID_INPUT");
                    assertThat(failure.getOriginalMessage())
                            .contains("has the id '" + Remedy.INCIDENT + "'", "Nothing was read or changed");
                });
    }

    @Test
    void keepsTheSnapshotByItsDigest() throws JsonProcessingException {
        Snapshot snapshot = snapshot();

        String digest = activity(snapshot, List.of())
                .collect(Remedy.INCIDENT, request())
                .snapshotDigest();

        assertThat(blobs.get(digest)).contains(Snapshots.toBytes(snapshot));
    }

    @Test
    void choosesTheDiagnosisOfTheTarget() throws JsonProcessingException {
        Diagnosis other = diagnosis(Target.deployment("demo", "other"), 1);
        Diagnosis own = diagnosis(CRASHY, 2);

        assertThat(activity(snapshot(), List.of(other, own))
                        .collect(Remedy.INCIDENT, request())
                        .diagnosis())
                .satisfies(found -> assertThat(found)
                        .isNotNull()
                        .extracting(Diagnosis::target)
                        .isEqualTo(CRASHY));
    }

    @Test
    void hasNoDiagnosisWhenNothingIsWrong() throws JsonProcessingException {
        assertThat(activity(snapshot(), List.of())
                        .collect(Remedy.INCIDENT, request())
                        .diagnosis())
                .isNull();
    }

    @Test
    void abstainsWhenPodsCouldNotBeRead() throws JsonProcessingException {
        Gap gap = new Gap("Pod", "pods in demo", "403 Forbidden", "kubectl get pods -n demo");

        Diagnosis diagnosis = activity(snapshot(gap), List.of())
                .collect(Remedy.INCIDENT, request())
                .diagnosis();

        assertThat(diagnosis).isNotNull();
        assertThat(diagnosis.abstained()).isTrue();
        assertThat(diagnosis.missing())
                .containsExactly(new Missing("pods in demo (403 Forbidden)", "kubectl get pods -n demo"));
    }

    @Test
    void abstainsWhenTheTargetMayNotBeRead() {
        Investigation investigation = failing(ErrorCode.CLUSTER_FORBIDDEN).collect(Remedy.INCIDENT, request());

        assertThat(investigation.diagnosis()).isNotNull();
        assertThat(investigation.diagnosis().missing())
                .singleElement()
                .satisfies(missing ->
                        assertThat(missing.command()).isEqualTo("kubectl auth can-i get deployment/crashy -n demo"));
    }

    @Test
    void failsForGoodWhenThereIsNoSuchTarget() {
        assertThatThrownBy(() -> failing(ErrorCode.TARGET_NOT_FOUND).collect(Remedy.INCIDENT, request()))
                .isInstanceOfSatisfying(ApplicationFailure.class, failure -> {
                    assertThat(failure.getType()).isEqualTo("TARGET_NOT_FOUND");
                    assertThat(failure.isNonRetryable()).isTrue();
                });
    }

    @Test
    void failsForNowWhenTheClusterCannotBeReached() {
        assertThatThrownBy(() -> failing(ErrorCode.CLUSTER_UNREACHABLE).collect(Remedy.INCIDENT, request()))
                .isInstanceOfSatisfying(ApplicationFailure.class, failure -> {
                    assertThat(failure.getType()).isEqualTo("CLUSTER_UNREACHABLE");
                    assertThat(failure.isNonRetryable()).isFalse();
                });
    }

    @Test
    void staysSmallWhateverWasFound() throws JsonProcessingException {
        Gap[] gaps = IntStream.range(0, 50)
                .mapToObj(i -> new Gap("Log", "log " + i, "x".repeat(2_000), "kubectl logs"))
                .toArray(Gap[]::new);

        Investigation investigation =
                activity(snapshot(gaps), List.of(diagnosis(CRASHY, 40))).collect(Remedy.INCIDENT, request());

        assertThat(WireFormat.mapper().writeValueAsBytes(investigation)).hasSizeLessThanOrEqualTo(6 * 1024);
        assertThat(investigation.diagnosis()).isNotNull();
        assertThat(investigation.diagnosis().evidence()).isNotEmpty();
    }

    @Test
    void leavesOutWhatIsNotCited() throws JsonProcessingException {
        Diagnosis uncited = diagnosis(CRASHY, 3);

        Diagnosis brief = activity(snapshot(), List.of(uncited))
                .collect(Remedy.INCIDENT, request())
                .diagnosis();

        assertThat(brief).isNotNull();
        assertThat(brief.evidence()).extracting(Observation::id).containsExactly("E0", "E1", "E2");
    }

    @Test
    void recordsWhatItCollected() throws JsonProcessingException {
        activity(snapshot(), List.of(diagnosis(CRASHY, 1))).collect(Remedy.INCIDENT, request());

        assertThat(trail.find(Remedy.INCIDENT, "evidence_collected")).hasSize(1);
    }

    @Test
    void remembersWhichRevisionsAnEarlierSnapshotSawReady() throws JsonProcessingException {
        Resource ready = Resource.of(new ObjectMapper()
                .readTree("{\"apiVersion\":\"apps/v1\",\"kind\":\"ReplicaSet\",\"metadata\":{\"namespace\":\"demo\","
                        + "\"name\":\"crashy-1\",\"uid\":\"rs-1\"},\"status\":{\"readyReplicas\":1}}"));
        Snapshot before =
                new Snapshot("test/demo", NOW, List.of(snapshot().objects().get(0), ready), List.of(), List.of());
        activity(before, List.of()).collect(Remedy.INCIDENT, request());

        String digest = activity(snapshot(), List.of())
                .collect(Remedy.INCIDENT, request())
                .snapshotDigest();

        assertThat(Snapshots.fromBytes(blobs.get(digest).orElseThrow()).seenReady())
                .containsEntry("rs-1", NOW);
    }

    @Test
    void hasRecoveredWhenNothingIsWrongAnyMore() throws JsonProcessingException {
        EvidenceActivityImpl activity = activity(snapshot(), List.of());

        assertThatCode(() -> activity.awaitRecovery("i", request())).doesNotThrowAnyException();
    }

    @Test
    void saysWhatIsStillWrong() throws JsonProcessingException {
        assertNotYet(activity(snapshot(), List.of(diagnosis(CRASHY, 1))), "still failing: app-exit");
    }

    @Test
    void hasNotRecoveredWhenThePodsCannotBeSeen() throws JsonProcessingException {
        Gap gap = new Gap("Pod", "pods in demo", "timed out", "kubectl get pods -n demo");

        assertNotYet(activity(snapshot(gap), List.of()), "cause not known");
    }

    @Test
    void hasNotRecoveredWhenTheTargetIsGone() {
        EvidenceActivityImpl activity = failing(ErrorCode.TARGET_NOT_FOUND);

        assertThatThrownBy(() -> activity.awaitRecovery("i", request()))
                .isInstanceOfSatisfying(
                        ApplicationFailure.class,
                        failure -> assertThat(failure.getType()).isEqualTo("TARGET_NOT_FOUND"));
    }

    private static void assertNotYet(EvidenceActivityImpl activity, String message) {
        assertThatThrownBy(() -> activity.awaitRecovery("i", request()))
                .isInstanceOfSatisfying(ApplicationFailure.class, failure -> {
                    assertThat(failure.getType()).isEqualTo("NOT_YET_HEALTHY");
                    assertThat(failure.isNonRetryable()).isFalse();
                    assertThat(failure.getOriginalMessage()).contains(message);
                });
    }

    /** The request is a workflow's input, which whoever starts it writes. */
    @Test
    void recordsTheRequesterAsUnverifiedWhateverTheRequestSays() throws JsonProcessingException {
        IncidentRequest asked = request();
        activity(snapshot(), List.of())
                .collect(
                        Remedy.INCIDENT,
                        new IncidentRequest(
                                asked.cluster(),
                                asked.target(),
                                asked.mode(),
                                Person.verified("alice\u202E", "SHA256:made-up"),
                                asked.values(),
                                asked.approvalTimeout(),
                                asked.executionWindow()));

        assertThat(trail.find(Remedy.INCIDENT, "evidence_collected"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.detail("requester")).isEqualTo("alice\\u202E (unverified)"));
    }

    private EvidenceActivityImpl activity(Snapshot snapshot, List<Diagnosis> diagnoses) {
        return new EvidenceActivityImpl(Remedy.NAME, scope -> snapshot, seen -> diagnoses, blobs, trail, CLOCK);
    }

    private EvidenceActivityImpl failing(ErrorCode code) {
        SnapshotSource source = scope -> {
            throw new ClusterException(code, "refused");
        };
        return new EvidenceActivityImpl(Remedy.NAME, source, seen -> List.of(), blobs, trail, CLOCK);
    }
}
