package io.k8sincident.workflows.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.workflows.model.Execution;
import io.k8sincident.workflows.model.IncidentStatus;
import io.k8sincident.workflows.model.Mode;
import io.k8sincident.workflows.model.Outcome;
import io.k8sincident.workflows.model.Phase;
import io.k8sincident.workflows.model.Verification;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A plan of two actions that stops between them, and what is said of the one that was applied. */
@Tag("fault")
class SeveralActionsTest extends ScriptedIncident {
    @RegisterExtension
    static final CountedRow ROW = new CountedRow("a plan of two actions stops, or is cancelled, after the first");

    private final AtomicInteger executions = new AtomicInteger();

    @BeforeEach
    void plansTwoActions() {
        activities.planning = request -> Incidents.twoActions(Incidents.DIGEST);
    }

    @Test
    void saysThatWhatTheFirstActionDidIsPutBackWhenTheSecondIsRefused() {
        second(() -> Execution.Status.REFUSED);

        IncidentStatus status = server.result(approved());

        assertThat(status.outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(status.reason())
                .isEqualTo("1 of 2 actions was applied; what was there before is put back. Action 2 was not applied: "
                        + "REFUSED as scripted");
    }

    @Test
    void saysThatWhatTheFirstActionDidCouldNotBePutBack() {
        second(() -> Execution.Status.STALE);
        activities.restoration = () -> Execution.Status.REFUSED;

        IncidentStatus status = server.result(approved());

        assertThat(status.outcome()).isEqualTo(Outcome.UNRESOLVED);
        assertThat(status.reason())
                .startsWith("1 of 2 actions was applied; and it could not be put back: REFUSED as scripted. Action 2 ");
    }

    @Test
    void saysThatWhatTheFirstActionDidStaysWhenItIsNotKnownWhatTheSecondDid() {
        second(() -> Execution.Status.UNKNOWN);
        activities.settlement = () -> Execution.Status.UNKNOWN;

        IncidentStatus status = server.result(approved());

        assertThat(status.outcome()).isEqualTo(Outcome.OUTCOME_UNKNOWN);
        assertThat(status.reason()).startsWith("1 of 2 actions was applied, which stays. Action 2: UNKNOWN");
    }

    @Test
    void saysOfAnActionForWhichTheWindowWasOverThatNothingWasChangedByIt() {
        activities.execution = () -> {
            executions.incrementAndGet();
            server.temporal.sleep(Duration.ofSeconds(5));
            return Execution.Status.APPLIED;
        };
        WorkflowStub incident =
                server.start(Incidents.request(Mode.REMEDIATE, Duration.ofMinutes(30), Duration.ofSeconds(3)));
        server.awaitPhase(incident, Phase.AWAITING_APPROVAL);
        incident.signal("decide", IncidentTestServer.decision("APPROVE"));

        IncidentStatus status = server.result(incident);

        assertThat(executions).hasValue(1);
        assertThat(status.outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(status.reason())
                .contains("1 of 2 actions was applied; what was there before is put back", "nothing was changed by it");
    }

    @Test
    void writesNothingMoreWhenItIsCancelledBetweenTwoActions() {
        WorkflowStub[] incident = new WorkflowStub[1];
        activities.execution = () -> {
            incident[0].cancel();
            return Execution.Status.APPLIED;
        };
        incident[0] = waiting();

        incident[0].signal("decide", IncidentTestServer.decision("APPROVE"));

        assertEnds(incident[0], Outcome.CANCELLED, "collect", "propose", "rule", "execute", "close CANCELLED");
        assertThat(server.status(incident[0]).reason())
                .isEqualTo("cancelled in between: 1 of 2 actions was applied, which stays and was not verified. "
                        + "Next: look at the workload with kubectl get. To undo it by hand: kubectl undo");
    }

    @Test
    void putsNothingBackWhenItIsCancelledWhileASecondActionIsRefused() {
        WorkflowStub[] incident = new WorkflowStub[1];
        second(() -> {
            incident[0].cancel();
            return Execution.Status.REFUSED;
        });
        incident[0] = waiting();

        incident[0].signal("decide", IncidentTestServer.decision("APPROVE"));
        IncidentStatus status = server.result(incident[0]);

        assertThat(status.outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(activities.calls).doesNotContain("verify", "restore");
        assertThat(status.reason()).contains("1 of 2 actions was applied", "Action 2 was not applied: REFUSED");
    }

    @Test
    void putsNothingMoreBackWhenItIsCancelledMeanwhile() {
        WorkflowStub[] incident = new WorkflowStub[1];
        activities.verification = () -> new Verification(false, "still crashing", List.of(), Incidents.T0);
        activities.restoration = () -> {
            incident[0].cancel();
            return Execution.Status.APPLIED;
        };
        incident[0] = waiting();

        incident[0].signal("decide", IncidentTestServer.decision("APPROVE"));
        IncidentStatus status = server.result(incident[0]);

        assertThat(status.outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(Collections.frequency(activities.calls, "restore")).isEqualTo(1);
        assertThat(status.reason())
                .isEqualTo("still crashing; cancelled meanwhile; put back: 1 of 2; the rest stays. "
                        + "To undo it by hand: kubectl undo");
    }

    /** The first action is applied, and the second ends so. */
    private void second(Supplier<Execution.Status> status) {
        activities.execution = () -> executions.incrementAndGet() == 1 ? Execution.Status.APPLIED : status.get();
    }
}
