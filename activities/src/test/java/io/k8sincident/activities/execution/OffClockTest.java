package io.k8sincident.activities.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.audit.ChainedEntry;
import io.k8sincident.activities.testing.Crashy;
import io.k8sincident.activities.testing.Fault;
import io.k8sincident.activities.testing.FaultRow;
import io.k8sincident.activities.testing.FaultyApi;
import io.k8sincident.activities.testing.Remedy;
import io.k8sincident.activities.testing.TestClock;
import io.k8sincident.activities.time.ServerClock;
import io.k8sincident.activities.time.ServerTime;
import io.k8sincident.workflows.model.HumanValue;
import io.k8sincident.workflows.model.IncidentStatus;
import io.k8sincident.workflows.model.Outcome;
import io.k8sincident.workflows.model.Phase;
import io.k8sincident.workflows.model.Ruling;
import io.k8sincident.workflows.model.Target;
import io.k8sincident.workflows.workflow.IncidentSearchAttributes;
import io.k8sincident.workflows.workflow.IncidentWorkflowImpl;
import io.k8sincident.workflows.workflow.TaskQueues;
import io.k8sincident.workflows.workflow.WireFormat;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.WorkerFactoryOptions;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole incidents on a worker whose machine has another time than the Temporal server: the server's time decides. */
@FaultRow("clock of the worker's machine an hour ahead or behind, or set while it works")
class OffClockTest {
    private static final HumanValue VALUE = new HumanValue("app", "command", "[\"sh\",\"-c\",\"sleep 77\"]");

    private final StageActivities activities = new StageActivities();
    private final TestWorkflowEnvironment temporal =
            TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                    .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                            .setDataConverter(WireFormat.dataConverter())
                            .build())
                    .setWorkerFactoryOptions(WorkerFactoryOptions.newBuilder()
                            .setWorkerInterceptors(new ServerTime())
                            .build())
                    .build());
    private final TestClock machine = new TestClock(this::serversTime);
    private final FaultyApi api = new FaultyApi(Crashy.store());
    private final Remedy remedy = new Remedy(
            api.config(), Target.deployment("demo", "crashy"), new TestClock(new ServerClock(machine)::instant));
    private final WorkflowStub workflow;

    OffClockTest() throws IOException {
        IncidentSearchAttributes.all()
                .forEach(key -> temporal.registerSearchAttribute(key.getName(), key.getValueType()));
        var incidents = temporal.newWorker(TaskQueues.INCIDENTS);
        incidents.registerWorkflowImplementationTypes(IncidentWorkflowImpl.class);
        incidents.registerActivitiesImplementations(activities);
        temporal.newWorker(TaskQueues.EXECUTION).registerActivitiesImplementations(activities);
        activities.set(remedy, true);
        temporal.start();
        workflow = temporal.getWorkflowClient()
                .newUntypedWorkflowStub(
                        "Incident",
                        WorkflowOptions.newBuilder()
                                .setWorkflowId("incident:test:demo:deployment:crashy")
                                .setTaskQueue(TaskQueues.INCIDENTS)
                                .setTypedSearchAttributes(
                                        IncidentSearchAttributes.atStart(Target.deployment("demo", "crashy")))
                                .build());
    }

    private Instant serversTime() {
        return Instant.ofEpochMilli(temporal.currentTimeMillis());
    }

    @AfterEach
    void close() {
        temporal.close();
        remedy.close();
        api.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1H", "PT-1H", "PT0S"})
    void executesWhatWasApprovedInTime(Duration off) {
        machine.advance(off);
        Instant started = serversTime();

        IncidentStatus ended = approved();

        assertThat(ended.outcome()).isEqualTo(Outcome.RESOLVED);
        assertThat(api.applied()).isEqualTo(1);
        assertThat(remedy.trail.entries())
                .extracting(ChainedEntry::time)
                .allSatisfy(time ->
                        assertThat(time).isBetween(started.minusSeconds(1), started.plus(Duration.ofMinutes(10))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1H", "PT-1H"})
    void holdsFreezesByTheServersTime(Duration off) {
        machine.advance(off);
        String permissive = remedy.policy;
        Instant now = serversTime();
        activities.beforeExecution(() -> remedy.policy =
                permissive + frozen(now.minus(Duration.ofMinutes(1)), now.plus(Duration.ofMinutes(20))));

        IncidentStatus ended = approved();

        assertThat(ended.outcome()).isEqualTo(Outcome.BLOCKED);
        assertThat(api.writes()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1H", "PT-1H"})
    void isNotHeldByAFreezeOfTheMachinesTimeAlone(Duration off) {
        machine.advance(off);
        Instant shown = machine.instant();
        remedy.policy += frozen(shown.minus(Duration.ofMinutes(10)), shown.plus(Duration.ofMinutes(10)));

        assertThat(approved().outcome()).isEqualTo(Outcome.RESOLVED);
    }

    /** Another executor, whose clock is ahead, must not hold a write that may still take effect for one that is over. */
    @Test
    void waitsAsLongForAnUnansweredWriteWhateverTheClocksSay() {
        api.inject(Fault.RESET_BEFORE_APPLYING, 1);
        activities.beforeSettling(() -> machine.advance(Duration.ofHours(1)));

        IncidentStatus ended = approved();

        assertThat(ended.outcome()).isEqualTo(Outcome.EXPIRED);
        // One by the execution, and one by each look but the last.
        assertThat(entries("action_result"))
                .extracting(result -> result.detail("status"))
                .containsExactly("UNKNOWN", "UNKNOWN", "UNKNOWN", "UNKNOWN", "UNKNOWN", "UNKNOWN", "NOT_APPLIED");
        assertThat(api.writes()).isEqualTo(1);
        assertThat(api.applied()).isZero();
    }

    private List<ChainedEntry> entries(String event) {
        return remedy.trail.find(Remedy.INCIDENT, event);
    }

    private static String frozen(Instant from, Instant to) {
        return "freeze: [{name: now, timeZone: UTC, from: '" + minute(from) + "', to: '" + minute(to) + "'}]\n";
    }

    private static String minute(Instant at) {
        return at.toString().substring(0, "2026-11-24T12:00".length());
    }

    /** The incident at its end, once its plan was approved. */
    private IncidentStatus approved() {
        var unused = workflow.start(remedy.request(VALUE));
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> status().phase() == Phase.AWAITING_APPROVAL);
        String digest = Objects.requireNonNull(
                Objects.requireNonNull(status().proposal()).digest());
        workflow.signal(
                "decide",
                Map.of(
                        "version",
                        1,
                        "decisionId",
                        "d-1",
                        "planDigest",
                        digest,
                        "verdict",
                        "APPROVE",
                        "approver",
                        "bob"));
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> status().rulings().stream().anyMatch(Ruling::accepted));
        temporal.sleep(Duration.ofHours(2));
        return status();
    }

    private IncidentStatus status() {
        return workflow.query("status", IncidentStatus.class);
    }
}
