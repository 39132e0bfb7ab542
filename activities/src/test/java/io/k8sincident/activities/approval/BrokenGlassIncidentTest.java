package io.k8sincident.activities.approval;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.audit.RecordActivityImpl;
import io.k8sincident.activities.blob.Digest;
import io.k8sincident.activities.testing.Remedy;
import io.k8sincident.workflows.activity.EvidenceActivity;
import io.k8sincident.workflows.activity.VerificationActivity;
import io.k8sincident.workflows.model.ErrorCode;
import io.k8sincident.workflows.model.HumanValue;
import io.k8sincident.workflows.model.IncidentRequest;
import io.k8sincident.workflows.model.IncidentStatus;
import io.k8sincident.workflows.model.Investigation;
import io.k8sincident.workflows.model.Outcome;
import io.k8sincident.workflows.model.Ruling;
import io.k8sincident.workflows.model.Verification;
import io.k8sincident.workflows.workflow.IncidentSearchAttributes;
import io.k8sincident.workflows.workflow.IncidentWorkflowImpl;
import io.k8sincident.workflows.workflow.TaskQueues;
import io.k8sincident.workflows.workflow.WireFormat;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One incident in a freeze from its plan to its record, on Temporal's test server; only looking is scripted. */
class BrokenGlassIncidentTest {
    private static final String FROZEN =
            "freeze: [{name: holidays, timeZone: UTC, from: 2026-11-20, to: 2026-11-30}]\n";

    @TempDir
    private Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init")
    private BrokenGlass glass;

    @SuppressWarnings("NullAway.Init")
    private TestWorkflowEnvironment temporal;

    @BeforeEach
    void open() throws IOException {
        glass = BrokenGlass.in(folder);
        glass.policy(FROZEN, "freeze");
        temporal = TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                .setInitialTime(Remedy.START)
                .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                        .setDataConverter(WireFormat.dataConverter())
                        .build())
                .build());
        IncidentSearchAttributes.all()
                .forEach(key -> temporal.registerSearchAttribute(key.getName(), key.getValueType()));
        Worker incidents = temporal.newWorker(TaskQueues.INCIDENTS);
        incidents.registerWorkflowImplementationTypes(IncidentWorkflowImpl.class);
        incidents.registerActivitiesImplementations(
                new Looking(),
                glass.remedy.planning,
                glass.remedy.ruling,
                new RecordActivityImpl(glass.remedy.trail, folder.resolve("runs")));
        temporal.newWorker(TaskQueues.EXECUTION).registerActivitiesImplementations(glass.remedy.execution);
        temporal.start();
    }

    @AfterEach
    void close() {
        temporal.close();
        glass.close();
    }

    @Test
    void isApprovedInAFreezeByBrokenGlassOnlyAndSaysSoToTheEnd() throws IOException {
        WorkflowStub incident = start();
        IncidentStatus waiting = await(incident, status -> status.deadline() != null);

        incident.signal("decide", signed(waiting, "bob", glass.signing.decision("bob"), Purpose.DECISION));
        Ruling refused = await(incident, status -> status.rulings().size() == 1)
                .rulings()
                .get(0);
        incident.signal("decide", signed(waiting, "ann", glass.decision("ann"), Purpose.BREAK_GLASS));
        IncidentStatus end = incident.getResult(IncidentStatus.class);

        assertThat(refused.reason()).isEqualTo(Ruling.Reason.POLICY_FORBIDS);
        assertThat(refused.message()).contains("freeze 'holidays'");
        assertThat(end.outcome()).as(end.reason()).isEqualTo(Outcome.RESOLVED);
        assertThat(glass.signing.api.writes()).isEqualTo(1);
        assertThat(Objects.requireNonNull(end.rulings().get(1).breakGlass()).why())
                .isEqualTo(BrokenGlass.WHY);
        assertThat(glass.remedy.trail.events())
                .containsSubsequence(
                        "decision_ruled", "break_glass", "decision_ruled", "write_intent", "write_answered");
        assertThat(record())
                .contains("Break-glass: review needed", "\"ann\"", BrokenGlass.WHY, "freeze 'holidays' holds until");
        assertThat(glass.remedy.alarms).hasSize(1);
    }

    private WorkflowStub start() {
        WorkflowStub stub = temporal.getWorkflowClient()
                .newUntypedWorkflowStub(
                        "Incident",
                        WorkflowOptions.newBuilder()
                                .setWorkflowId(Signing.INCIDENT)
                                .setTaskQueue(TaskQueues.INCIDENTS)
                                .build());
        var unused = stub.start(glass.remedy.request(new HumanValue("app", "command", "[\"sleep\",\"77\"]")));
        return stub;
    }

    private ObjectNode signed(IncidentStatus status, String name, ObjectNode decision, Purpose purpose) {
        decision.put("runId", status.runId());
        decision.put(
                "planDigest",
                Objects.requireNonNull(Objects.requireNonNull(status.proposal()).digest()));
        return glass.signed(decision, name, purpose.namespace());
    }

    private static IncidentStatus await(WorkflowStub incident, java.util.function.Predicate<IncidentStatus> until) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() -> incident.query("status", IncidentStatus.class), until);
    }

    private String record() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("runs"))) {
            return Files.readString(
                    files.filter(file -> file.getFileName().toString().startsWith("remediate-"))
                            .findFirst()
                            .orElseThrow());
        }
    }

    /** Sees a crashing workload, and one that has recovered after the write. */
    final class Looking implements EvidenceActivity, VerificationActivity {
        @Override
        public Investigation collect(String incident, IncidentRequest request) {
            return new Investigation(
                    request.target(),
                    Remedy.START,
                    glass.remedy.blobs.put(Digest.canonical(List.of("snapshot"))),
                    glass.remedy.diagnosis(),
                    List.of());
        }

        @Override
        public void awaitRecovery(String incident, IncidentRequest request) {
            throw ApplicationFailure.newFailure("still failing", ErrorCode.NOT_YET_HEALTHY.name());
        }

        @Override
        public Verification verify(VerificationRequest request) {
            return new Verification(true, "2 of 2 ready", List.of(), Remedy.START);
        }
    }
}
