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
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
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
    void putsNothingBackWhereNobodyCouldLook() {
        activities.verification = () -> {
            throw ApplicationFailure.newNonRetryableFailure("no plan", ErrorCode.INVALID_INPUT.name());
        };

        IncidentStatus status = server.result(approved());

        assertThat(status.outcome()).isEqualTo(Outcome.UNRESOLVED);
        assertThat(status.verification()).isNull();
        assertThat(status.reason())
                .contains(
                        "could not be seen: no plan",
                        "nothing was put back, what was written stays: roll back",
                        "To undo it by hand: kubectl undo");
        assertThat(status.nextCommands()).contains("kubectl undo");
        assertThat(activities.calls).doesNotContain("restore");
        assertThat(activities.trail).singleElement().satisfies(event -> {
            assertThat(event.event()).isEqualTo("verification_given_up");
            assertThat(event.detail()).contains(Incidents.DIGEST, "could not be seen", "no plan");
        });
    }

    @Test
    void looksOnceMoreAfterAnOutageThatWasLongerThanTheVerification() {
        awayFor(Duration.ofMinutes(4), new Verification(true, "2 of 2 ready", List.of(), Incidents.T0));

        IncidentStatus status = server.result(approved());

        assertThat(status.outcome()).isEqualTo(Outcome.RESOLVED);
        assertThat(activities.calls).doesNotContain("restore");
        assertThat(activities.trail).isEmpty();
    }

    @Test
    void putsBackWhatALastLookSeesNotRecovered() {
        awayFor(Duration.ofMinutes(4), new Verification(false, "still crashing", List.of(), Incidents.T0));

        IncidentStatus status = server.result(approved());

        assertThat(status.outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(status.reason()).startsWith("still crashing");
    }

    @Test
    void putsNothingBackDuringAnOutageThatDoesNotEnd() {
        awayFor(Duration.ofHours(1), new Verification(false, "still crashing", List.of(), Incidents.T0));

        IncidentStatus status = server.result(approved());

        assertThat(status.outcome()).isEqualTo(Outcome.UNRESOLVED);
        assertThat(status.reason()).contains("could not be seen: no answer", "nothing was put back");
        assertThat(activities.calls).doesNotContain("restore");
    }

    /** Nobody can look until then, counted from the first look; afterwards this is seen. */
    private void awayFor(Duration outage, Verification then) {
        AtomicLong first = new AtomicLong();
        activities.verification = () -> {
            long now = server.temporal.currentTimeMillis();
            first.compareAndSet(0, now);
            if (now < first.get() + outage.toMillis()) {
                throw ApplicationFailure.newFailure("no answer", ErrorCode.CLUSTER_UNREACHABLE.name());
            }
            return then;
        };
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
