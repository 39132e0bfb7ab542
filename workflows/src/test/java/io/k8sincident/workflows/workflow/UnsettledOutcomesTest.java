package io.k8sincident.workflows.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.workflows.model.ErrorCode;
import io.k8sincident.workflows.model.Execution;
import io.k8sincident.workflows.model.IncidentStatus;
import io.k8sincident.workflows.model.Outcome;
import io.k8sincident.workflows.model.Phase;
import io.k8sincident.workflows.model.Verification;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How an incident goes on where it is not known what a write did, or whether the workload recovered. */
class UnsettledOutcomesTest extends ScriptedIncident {
    @Test
    void settlesAnUnansweredWriteByReading() {
        activities.execution = () -> Execution.Status.UNKNOWN;

        assertEnds(
                approved(),
                Outcome.RESOLVED,
                "collect",
                "propose",
                "rule",
                "execute",
                "settle",
                "verify",
                "close RESOLVED");
    }

    @Test
    void isUnknownWhenAWriteCannotBeSettled() {
        activities.execution = () -> {
            throw new IllegalStateException("worker lost");
        };
        activities.settlement = () -> Execution.Status.UNKNOWN;

        IncidentStatus status = server.result(approved());

        assertThat(status.outcome()).isEqualTo(Outcome.OUTCOME_UNKNOWN);
        assertThat(activities.calls.stream().filter("execute"::equals)).hasSize(1);
        assertThat(status.nextCommands()).contains("kubectl undo");
    }

    @Test
    void waitsForAnotherDecisionWhenTheWriteProvablyDidNotHappen() {
        AtomicInteger executions = new AtomicInteger();
        activities.execution =
                () -> executions.incrementAndGet() == 1 ? Execution.Status.UNKNOWN : Execution.Status.APPLIED;
        activities.settlement = () -> Execution.Status.NOT_APPLIED;
        WorkflowStub incident = approved();
        server.awaitPhase(incident, Phase.AWAITING_APPROVAL);

        incident.signal("decide", IncidentTestServer.decision("APPROVE"));

        assertThat(server.result(incident).outcome()).isEqualTo(Outcome.RESOLVED);
        assertThat(activities.decisions).hasSize(2);
    }

    @Test
    void recordsThatAVerificationCameToNoEnd() {
        activities.verification = () -> {
            throw ApplicationFailure.newNonRetryableFailure("no plan", ErrorCode.INVALID_INPUT.name());
        };

        IncidentStatus status = server.result(approved());

        assertThat(status.outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(activities.trail).singleElement().satisfies(event -> {
            assertThat(event.event()).isEqualTo("verification_given_up");
            assertThat(event.detail()).contains(Incidents.DIGEST, "not recovered within", "no plan");
        });
    }

    @Test
    void isUnknownWhenItIsNotKnownWhetherItWasPutBack() {
        activities.verification = () -> new Verification(false, "still crashing", List.of(), Incidents.T0);
        activities.restoration = () -> Execution.Status.UNKNOWN;
        activities.settlement = () -> Execution.Status.UNKNOWN;

        IncidentStatus status = server.result(approved());

        assertThat(status.outcome()).isEqualTo(Outcome.OUTCOME_UNKNOWN);
        assertThat(status.reason()).contains("still crashing", "whether it was put back is not known");
        assertThat(status.nextCommands()).contains("kubectl undo");
    }

    @Test
    void writesNothingMoreWhenItIsNotKnownWhatASecondActionDid() {
        activities.planning = request -> Incidents.twoActions(Incidents.DIGEST);
        AtomicInteger executions = new AtomicInteger();
        activities.execution =
                () -> executions.incrementAndGet() == 1 ? Execution.Status.APPLIED : Execution.Status.UNKNOWN;
        activities.settlement = () -> Execution.Status.UNKNOWN;

        IncidentStatus status = server.result(approved());

        assertThat(status.outcome()).isEqualTo(Outcome.OUTCOME_UNKNOWN);
        assertThat(activities.calls).doesNotContain("restore", "verify");
    }
}
