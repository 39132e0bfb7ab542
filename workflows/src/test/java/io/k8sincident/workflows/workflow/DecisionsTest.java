package io.k8sincident.workflows.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.workflows.activity.RulingActivity.RulingRequest;
import io.k8sincident.workflows.model.ErrorCode;
import io.k8sincident.workflows.model.IncidentStatus;
import io.k8sincident.workflows.model.Mode;
import io.k8sincident.workflows.model.Outcome;
import io.k8sincident.workflows.model.Phase;
import io.k8sincident.workflows.model.Proposal;
import io.k8sincident.workflows.model.Ruling;
import io.k8sincident.workflows.model.SignalText;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the workflow makes of signals: every one is ruled on or recorded, none can break it. */
@Tag("fault")
class DecisionsTest extends ScriptedIncident {
    @RegisterExtension
    static final CountedRow ROW =
            new CountedRow("approve and reject at once; a decision after the deadline or while it closes; too many");

    @Test
    void passesWhatCameToTheRulingWhateverItsShape() {
        activities.ruling =
                request -> request.decision().text().startsWith("{") ? Ruling.Reason.ACCEPTED : Ruling.Reason.MALFORMED;
        WorkflowStub incident = waiting();

        incident.signal("decide", 42);
        incident.signal("decide", List.of("not", "an", "object"));
        incident.signal("decide");
        incident.signal("decide", IncidentTestServer.decision("APPROVE"));

        assertThat(server.result(incident).outcome()).isEqualTo(Outcome.RESOLVED);
        assertThat(activities.decisions.stream().map(RulingRequest::decision).map(SignalText::text))
                .startsWith("42", "[\"not\",\"an\",\"object\"]", "");
    }

    @Test
    void keepsOnlyTheBeginningOfAHugeDecision() {
        activities.ruling =
                request -> request.decision().truncated() ? Ruling.Reason.MALFORMED : Ruling.Reason.ACCEPTED;
        WorkflowStub incident = waiting();

        incident.signal("decide", "x".repeat(1_000_000));
        incident.signal("decide", IncidentTestServer.decision("APPROVE"));

        assertThat(server.result(incident).outcome()).isEqualTo(Outcome.RESOLVED);
        assertThat(activities.decisions.get(0).decision().text()).hasSize(SignalText.KEPT);
    }

    @Test
    void waitsOnAfterARefusedDecision() {
        activities.ruling = request -> Ruling.Reason.WRONG_PLAN;
        WorkflowStub incident = waiting();

        incident.signal("decide", IncidentTestServer.decision("APPROVE"));
        IncidentTestServer.patience()
                .until(() -> server.status(incident).rulings().size() == 1);

        assertThat(server.status(incident).phase()).isEqualTo(Phase.AWAITING_APPROVAL);
        assertThat(activities.calls).doesNotContain("execute");
    }

    @Test
    void letsTheFirstValidDecisionWinAndRecordsTheOther() {
        WorkflowStub incident = waiting();

        incident.signal("decide", IncidentTestServer.decision("REJECT"));
        incident.signal("decide", IncidentTestServer.decision("APPROVE"));

        IncidentStatus status = server.result(incident);
        assertThat(status.outcome()).isEqualTo(Outcome.REJECTED);
        IncidentTestServer.patience().until(() -> activities.decisions.size() + activities.trail.size() == 2);
        assertThat(activities.calls).doesNotContain("execute");
    }

    @Test
    void letsTheDeadlineGoBeforeADecisionThatWaitedWhileNoWorkerRan() {
        WorkflowStub incident = server.start(Incidents.request(Mode.REMEDIATE, Duration.ofSeconds(3)));
        server.awaitPhase(incident, Phase.AWAITING_APPROVAL);
        Instant deadline = Objects.requireNonNull(server.status(incident).deadline());
        server.stopWorkers();

        incident.signal("decide", IncidentTestServer.decision("APPROVE"));
        IncidentTestServer.patience().until(() -> server.temporal.currentTimeMillis() > deadline.toEpochMilli());
        server.restartWorkers();

        assertThat(server.result(incident).outcome()).isEqualTo(Outcome.EXPIRED);
        assertThat(activities.decisions).singleElement().matches(RulingRequest::late);
    }

    @Test
    void recordsADecisionThatComesWhileTheIncidentCloses() {
        CountDownLatch closing = new CountDownLatch(1);
        WorkflowStub[] incident = new WorkflowStub[1];
        activities.closing = () -> {
            incident[0].signal("decide", IncidentTestServer.decision("APPROVE"));
            closing.countDown();
        };
        incident[0] = waiting();

        incident[0].signal("decide", IncidentTestServer.decision("REJECT"));

        assertThat(server.result(incident[0]).outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(activities.decisions).hasSize(2).last().matches(RulingRequest::late);
    }

    @Test
    void replacesThePlanByARevisedOneWithADigestOfItsOwn() {
        activities.planning =
                request -> Incidents.rollBack(request.revision() == null ? Incidents.DIGEST : Incidents.REVISED);
        WorkflowStub incident = waiting();

        incident.signal("revise", Map.of("version", 1, "values", List.of()));
        IncidentTestServer.patience()
                .until(() -> Incidents.REVISED.equals(proposal(incident).digest()));
        incident.signal("decide", IncidentTestServer.decision("APPROVE"));

        assertThat(server.result(incident).outcome()).isEqualTo(Outcome.RESOLVED);
        assertThat(activities.decisions)
                .singleElement()
                .matches(r -> r.planDigest().equals(Incidents.REVISED));
    }

    @Test
    void expiresWhenWhatThePolicyForbadeWasReplacedByARevision() {
        activities.ruling = request -> request.late() ? Ruling.Reason.LATE : Ruling.Reason.POLICY_FORBIDS;
        activities.planning =
                request -> Incidents.rollBack(request.revision() == null ? Incidents.DIGEST : Incidents.REVISED);
        WorkflowStub incident = waiting();

        incident.signal("decide", IncidentTestServer.decision("APPROVE"));
        incident.signal("revise", Map.of("version", 1, "values", List.of()));
        IncidentTestServer.patience()
                .until(() -> Incidents.REVISED.equals(proposal(incident).digest()));
        server.temporal.sleep(Duration.ofMinutes(31));

        assertThat(server.result(incident).outcome()).isEqualTo(Outcome.EXPIRED);
    }

    @Test
    void expiresWhenThePolicyAllowedALaterApprovalThatWasNotEnough() {
        activities.ruling = request ->
                activities.decisions.size() == 1 ? Ruling.Reason.POLICY_FORBIDS : Ruling.Reason.QUORUM_INCOMPLETE;
        WorkflowStub incident = waiting();

        incident.signal("decide", IncidentTestServer.decision("APPROVE"));
        incident.signal("decide", IncidentTestServer.decision("APPROVE"));
        IncidentTestServer.patience().until(() -> activities.decisions.size() == 2);
        server.temporal.sleep(Duration.ofMinutes(31));

        assertThat(server.result(incident).outcome()).isEqualTo(Outcome.EXPIRED);
    }

    @Test
    void keepsThePlanWhenARevisionIsRefused() {
        activities.planning = request -> request.revision() == null
                ? Incidents.rollBack(Incidents.DIGEST)
                : Proposal.revisionRefused("values: missing");
        WorkflowStub incident = waiting();

        incident.signal("revise", "nonsense");
        IncidentTestServer.patience()
                .until(() -> server.status(incident).refusedRevisions().equals(List.of("values: missing")));

        assertThat(proposal(incident).digest()).isEqualTo(Incidents.DIGEST);
        assertThat(server.status(incident).phase()).isEqualTo(Phase.AWAITING_APPROVAL);
    }

    @Test
    void rulesOnAHundredDecisionsAndOnlyRecordsTheRest() {
        activities.ruling = request -> request.overLimit() ? Ruling.Reason.TOO_MANY : Ruling.Reason.WRONG_PLAN;
        WorkflowStub incident = waiting();

        for (int i = 0; i < 103; i++) {
            incident.signal("decide", IncidentTestServer.decision("APPROVE"));
        }
        IncidentTestServer.patience().until(() -> activities.trail.size() == 2);

        assertThat(activities.decisions).hasSize(101).last().matches(RulingRequest::overLimit);
        assertThat(activities.trail).allSatisfy(event -> {
            assertThat(event.event()).isEqualTo("decision_not_ruled_on");
            assertThat(event.detail())
                    .endsWith("has had all the 100 decisions it takes; nothing was changed by it")
                    .doesNotContain("no plan");
        });
    }

    @Test
    void plansTwentyRevisionsAndSaysOnceThatThereAreNoMore() {
        activities.planning = request -> request.revision() == null
                ? Incidents.rollBack(Incidents.DIGEST)
                : Proposal.noSafeAction(List.of("Which command is right?"));
        WorkflowStub incident = waiting();

        for (int i = 0; i < Approval.MOST_REVISIONS + 3; i++) {
            incident.signal("revise", Map.of("version", 1, "values", List.of()));
        }
        incident.signal("decide", IncidentTestServer.decision("APPROVE"));
        IncidentStatus end = server.result(incident);

        assertThat(end.outcome()).isEqualTo(Outcome.RESOLVED);
        assertThat(activities.calls.stream().filter("revise"::equals)).hasSize(Approval.MOST_REVISIONS);
        assertThat(end.refusedRevisions()).hasSize(Approval.MOST_REVISIONS + 1);
        assertThat(end.refusedRevisions().get(Approval.MOST_REVISIONS)).contains("has had all the 20 revisions");
        assertThat(activities.trail).hasSize(3).allSatisfy(event -> {
            assertThat(event.event()).isEqualTo("revision_not_planned");
            assertThat(event.detail()).contains("sha256:", "has had all the 20 revisions", "nothing was changed by it");
        });
    }

    @Test
    void recordsARevisionThatCouldNotBePlanned() {
        activities.planning = request -> {
            if (request.revision() != null) {
                throw ApplicationFailure.newNonRetryableFailure("no diff", ErrorCode.CLUSTER_FORBIDDEN.name());
            }
            return Incidents.rollBack(Incidents.DIGEST);
        };
        WorkflowStub incident = waiting();

        incident.signal("revise", Map.of("version", 1, "values", List.of()));
        incident.signal("decide", IncidentTestServer.decision("REJECT"));

        assertThat(server.result(incident).refusedRevisions()).containsExactly("no diff; the open plan stays as it is");
        assertThat(activities.trail).singleElement().satisfies(event -> {
            assertThat(event.event()).isEqualTo("revision_not_planned");
            assertThat(event.detail()).contains("sha256:", "no diff; the open plan stays as it is");
        });
    }

    @Test
    void recordsARevisionAfterAWriteAsOneThatChangedNothingItself() {
        WorkflowStub[] incident = new WorkflowStub[1];
        activities.closing = () -> incident[0].signal("revise", Map.of("version", 1, "values", List.of()));
        incident[0] = waiting();

        incident[0].signal("decide", IncidentTestServer.decision("APPROVE"));

        assertThat(server.result(incident[0]).outcome()).isEqualTo(Outcome.RESOLVED);
        assertThat(activities.trail).singleElement().satisfies(event -> {
            assertThat(event.event()).isEqualTo("revision_not_ruled_on");
            assertThat(event.detail()).endsWith("the incident ended as RESOLVED; nothing was changed by it");
        });
    }

    private Proposal proposal(WorkflowStub incident) {
        return Objects.requireNonNull(server.status(incident).proposal());
    }
}
