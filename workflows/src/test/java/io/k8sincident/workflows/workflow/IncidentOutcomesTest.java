package io.k8sincident.workflows.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.workflows.activity.RulingActivity.PolicyAnswer;
import io.k8sincident.workflows.model.ErrorCode;
import io.k8sincident.workflows.model.Execution;
import io.k8sincident.workflows.model.IncidentStatus;
import io.k8sincident.workflows.model.Mode;
import io.k8sincident.workflows.model.Outcome;
import io.k8sincident.workflows.model.Proposal;
import io.k8sincident.workflows.model.Ruling;
import io.k8sincident.workflows.model.Verification;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each outcome of the vocabulary, reached on Temporal's test server. */
class IncidentOutcomesTest extends ScriptedIncident {
    @Test
    void isHealthyWhenNothingIsWrong() {
        activities.evidence = Incidents::healthy;

        assertEnds(server.start(Incidents.request(Mode.REMEDIATE)), Outcome.HEALTHY, "collect", "close HEALTHY");
    }

    @Test
    void endsWithThePlanInModePropose() {
        WorkflowStub incident = server.start(Incidents.request(Mode.PROPOSE));

        assertEnds(incident, Outcome.PROPOSED, "collect", "propose", "close PROPOSED");
    }

    @Test
    void endsWithThePlanWhereNobodyMayApproveIt() {
        Proposal open = Incidents.rollBack(Incidents.DIGEST);
        activities.planning = request -> Proposal.held(
                Objects.requireNonNull(open.plan()),
                Incidents.DIGEST,
                "policy.yaml:9: namespace demo is held to proposals");

        IncidentStatus status = server.result(server.start(Incidents.request(Mode.REMEDIATE)));

        assertThat(status.outcome()).isEqualTo(Outcome.PROPOSED);
        assertThat(status.reason())
                .contains("policy.yaml:9: namespace demo is held to proposals", "nothing was changed");
    }

    @Test
    void asksAHumanWhenNoRunbookApplies() {
        activities.planning = request -> Proposal.noSafeAction(List.of("Which command is right?"));

        IncidentStatus status = server.result(server.start(Incidents.request(Mode.REMEDIATE)));

        assertThat(status.outcome()).isEqualTo(Outcome.NO_SAFE_ACTION);
        assertThat(status.reason()).contains("Which command is right?").contains("Nothing was changed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no answer", "no answer. Nothing was changed. Next: incident doctor"})
    void saysOnceThatNothingWasChangedWhenThePlanFails(String why) {
        activities.planning = request -> {
            throw ApplicationFailure.newNonRetryableFailure(why, ErrorCode.INTERNAL.name());
        };

        IncidentStatus status = server.result(server.start(Incidents.request(Mode.REMEDIATE)));

        assertThat(status.outcome()).isEqualTo(Outcome.NO_SAFE_ACTION);
        assertThat(status.reason()).contains(why).containsOnlyOnce("othing was changed");
    }

    @Test
    void isBlockedWhenPolicyForbidsThePlan() {
        activities.planning = request -> Proposal.blocked("policy.yaml:3 does not allow namespace prod");

        IncidentStatus status = server.result(server.start(Incidents.request(Mode.REMEDIATE)));

        assertThat(status.outcome()).isEqualTo(Outcome.BLOCKED);
        assertThat(status.reason()).contains("policy.yaml:3").contains("nothing was changed");
    }

    @Test
    void isResolvedAfterApprovalWriteAndRecovery() {
        WorkflowStub incident = approved();

        assertEnds(incident, Outcome.RESOLVED, "collect", "propose", "rule", "execute", "verify", "close RESOLVED");
    }

    @Test
    void isRejectedByAHuman() {
        WorkflowStub incident = waiting();

        incident.signal("decide", IncidentTestServer.decision("REJECT"));

        assertEnds(incident, Outcome.REJECTED, "collect", "propose", "rule", "close REJECTED");
    }

    @Test
    void expiresWhenNobodyAnswers() {
        WorkflowStub incident = waiting();

        server.temporal.sleep(Duration.ofMinutes(31));

        assertEnds(incident, Outcome.EXPIRED, "collect", "propose", "close EXPIRED");
    }

    @Test
    void isBlockedAtTheDeadlineWhenPolicyForbadeAnApproval() {
        activities.ruling = request -> request.late() ? Ruling.Reason.LATE : Ruling.Reason.POLICY_FORBIDS;
        WorkflowStub incident = approved();

        server.temporal.sleep(Duration.ofMinutes(31));

        assertEnds(incident, Outcome.BLOCKED, "collect", "propose", "rule", "ask", "close BLOCKED");
        Ruling ruling = server.status(incident).rulings().get(0);
        assertThat(server.status(incident).reason())
                .contains(
                        "the policy forbade the last approval, at " + ruling.at(),
                        "POLICY_FORBIDS",
                        "At the deadline it still forbade it: the freeze lasts");
    }

    @Test
    void expiresAtTheDeadlineWhenThePolicyForbidsItNoMore() {
        activities.ruling = request -> request.late() ? Ruling.Reason.LATE : Ruling.Reason.POLICY_FORBIDS;
        activities.policy = () -> new PolicyAnswer(null);
        WorkflowStub incident = approved();

        server.temporal.sleep(Duration.ofMinutes(31));

        assertEnds(incident, Outcome.EXPIRED, "collect", "propose", "rule", "ask", "close EXPIRED");
        assertThat(server.status(incident).reason())
                .contains("the policy forbade the last approval", "it forbade it no more; nothing was changed");
    }

    @Test
    void isBlockedAtTheDeadlineWhenThePolicyCannotBeAsked() {
        activities.ruling = request -> request.late() ? Ruling.Reason.LATE : Ruling.Reason.POLICY_FORBIDS;
        activities.policy = () -> {
            throw ApplicationFailure.newNonRetryableFailure("no answer", ErrorCode.INTERNAL.name());
        };
        WorkflowStub incident = approved();

        server.temporal.sleep(Duration.ofMinutes(31));

        assertEnds(incident, Outcome.BLOCKED, "collect", "propose", "rule", "ask", "close BLOCKED");
        assertThat(server.status(incident).reason()).contains("could not be asked: no answer");
    }

    @Test
    void isHealthyWhenItRecoversByItselfWhileWaiting() {
        WorkflowStub incident = waiting();

        activities.recovered.set(true);
        server.temporal.sleep(Duration.ofMinutes(5));

        assertEnds(incident, Outcome.HEALTHY, "collect", "propose", "close HEALTHY");
    }

    @Test
    void isStaleWhenTheTargetChangedAfterTheApproval() {
        activities.execution = () -> Execution.Status.STALE;

        assertEnds(approved(), Outcome.STALE, "collect", "propose", "rule", "execute", "close STALE");
    }

    @Test
    void failsWhenTheApiServerRefusesTheWrite() {
        activities.execution = () -> Execution.Status.REFUSED;

        assertEnds(approved(), Outcome.FAILED, "collect", "propose", "rule", "execute", "close FAILED");
    }

    @Test
    void expiresWhenTheExecutionWindowLapsedAndNobodyDecidesAgain() {
        activities.execution = () -> Execution.Status.WINDOW_LAPSED;
        WorkflowStub incident = approved();

        server.temporal.sleep(Duration.ofMinutes(31));

        assertThat(server.result(incident).outcome()).isEqualTo(Outcome.EXPIRED);
    }

    @Test
    void isRolledBackWhenTheWorkloadDoesNotRecover() {
        activities.verification = () -> new Verification(false, "still crashing", List.of(), Incidents.T0);

        assertEnds(
                approved(),
                Outcome.ROLLED_BACK,
                "collect",
                "propose",
                "rule",
                "execute",
                "verify",
                "restore",
                "close ROLLED_BACK");
    }

    @Test
    void isUnresolvedWhenAnEvictionDidNotHelp() {
        activities.planning = request -> Incidents.eviction(Incidents.DIGEST);
        activities.verification = () -> new Verification(false, "still not ready", List.of(), Incidents.T0);

        IncidentStatus status = server.result(approved());

        assertThat(status.outcome()).isEqualTo(Outcome.UNRESOLVED);
        assertThat(status.reason()).contains("still not ready", "cannot be undone", "kubectl undo");
        assertThat(status.nextCommands()).contains("kubectl undo");
        assertThat(activities.calls).doesNotContain("restore");
    }

    @Test
    void isUnresolvedWhenItCannotBePutBack() {
        activities.verification = () -> new Verification(false, "still crashing", List.of(), Incidents.T0);
        activities.restoration = () -> Execution.Status.STALE;

        IncidentStatus status = server.result(approved());

        assertThat(status.outcome()).isEqualTo(Outcome.UNRESOLVED);
        assertThat(status.nextCommands()).contains("kubectl undo");
    }

    @Test
    void isCancelledBeforeAWriteWithoutChangingAnything() {
        WorkflowStub incident = waiting();

        incident.cancel();

        assertEnds(incident, Outcome.CANCELLED, "collect", "propose", "close CANCELLED");
    }

    @Test
    void stillVerifiesWhatItWroteWhenItIsCancelledAfterTheWrite() {
        WorkflowStub[] incident = new WorkflowStub[1];
        activities.execution = () -> {
            incident[0].cancel();
            return Execution.Status.APPLIED;
        };
        incident[0] = waiting();

        incident[0].signal("decide", IncidentTestServer.decision("APPROVE"));

        assertEnds(
                incident[0], Outcome.CANCELLED, "collect", "propose", "rule", "execute", "verify", "close CANCELLED");
    }
}
