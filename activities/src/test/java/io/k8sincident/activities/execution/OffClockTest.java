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
import io.k8sincident.workflows.model.Target;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole incidents on a worker whose machine has another time than the Temporal server: the server's time decides. */
@FaultRow("clock of the worker's machine an hour ahead or behind, or set while it works")
class OffClockTest {
    private static final HumanValue VALUE = new HumanValue("app", "command", "[\"sh\",\"-c\",\"sleep 77\"]");

    private final StageActivities activities = new StageActivities();
    private final StageServer server = new StageServer(activities, new ServerTime());
    private final TestClock machine = new TestClock(server::now);
    private final FaultyApi api = new FaultyApi(Crashy.store());
    private final Remedy remedy = new Remedy(
            api.config(), Target.deployment("demo", "crashy"), new TestClock(new ServerClock(machine)::instant));
    private final WorkflowStub workflow = server.incident(Remedy.INCIDENT);

    OffClockTest() throws IOException {
        activities.set(remedy, true);
    }

    @AfterEach
    void close() {
        server.close();
        remedy.close();
        api.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1H", "PT-1H", "PT0S"})
    void executesWhatWasApprovedInTime(Duration off) {
        machine.advance(off);
        Instant started = server.now();

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
        Instant now = server.now();
        activities.beforeExecution(() -> remedy.policy =
                permissive + frozen(now.minus(Duration.ofMinutes(1)), now.plus(Duration.ofMinutes(40))));

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

    private IncidentStatus approved() {
        return server.approved(workflow, remedy.request(VALUE));
    }
}
