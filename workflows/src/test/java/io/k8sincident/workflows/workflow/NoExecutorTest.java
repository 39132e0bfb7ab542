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
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Nobody serves the queue of the executor. What nobody took up was not sent; an incident does not wait for it for ever. The
 * test server skips no time while an activity waits for a worker, so the windows are short.
 */
@Tag("fault")
class NoExecutorTest extends ScriptedIncident {
    @RegisterExtension
    static final CountedRow ROW = new CountedRow("approved, and no executor runs");

    private static final Duration WINDOW = Duration.ofSeconds(2);

    @Test
    void waitsForAnotherApprovalOnceTheWindowIsOverAndExpires() {
        server.stopExecutor();
        WorkflowStub incident = server.start(Incidents.request(Mode.REMEDIATE, Duration.ofMinutes(5), WINDOW));
        server.awaitPhase(incident, Phase.AWAITING_APPROVAL);
        incident.signal("decide", IncidentTestServer.decision("APPROVE"));
        server.awaitPhase(incident, Phase.EXECUTING);

        server.awaitPhase(incident, Phase.AWAITING_APPROVAL);
        IncidentStatus reopened = server.status(incident);
        IncidentStatus end = server.result(incident);

        assertThat(reopened.executions()).singleElement().satisfies(execution -> {
            assertThat(execution.status()).isEqualTo(Execution.Status.WINDOW_LAPSED);
            assertThat(execution.message())
                    .contains("no executor took it up within", "nothing was sent", "incident worker");
        });
        assertThat(end.outcome()).isEqualTo(Outcome.EXPIRED);
        assertThat(end.reason()).contains("an approval led to no write (no executor", "nothing was changed");
        assertThat(activities.calls).doesNotContain("execute", "settle");
    }

    @Test
    void saysThatNothingWasPutBackAndHowToDoIt() {
        activities.verification = () -> {
            server.stopExecutor();
            return new Verification(false, "still crashing", List.of(), Incidents.T0);
        };
        WorkflowStub incident = server.start(Incidents.request(Mode.REMEDIATE, Duration.ofMinutes(5), WINDOW));
        server.awaitPhase(incident, Phase.AWAITING_APPROVAL);

        incident.signal("decide", IncidentTestServer.decision("APPROVE"));
        IncidentStatus end = server.result(incident);

        assertThat(end.outcome()).isEqualTo(Outcome.UNRESOLVED);
        assertThat(end.reason()).contains("still crashing", "no executor took it up", "By hand: kubectl undo");
        assertThat(activities.calls).doesNotContain("restore", "settleRestoration");
    }
}
