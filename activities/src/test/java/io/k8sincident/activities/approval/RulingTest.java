package io.k8sincident.activities.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.k8sincident.activities.testing.Crashy;
import io.k8sincident.activities.testing.FaultRow;
import io.k8sincident.activities.testing.FaultyApi;
import io.k8sincident.activities.testing.Remedy;
import io.k8sincident.workflows.activity.RulingActivity.RulingRequest;
import io.k8sincident.workflows.model.Ruling;
import io.k8sincident.workflows.model.Ruling.Reason;
import io.k8sincident.workflows.model.Verdict;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@FaultRow("decision late, twice, for another plan, run or incident, after a reset")
class RulingTest {
    private final FaultyApi api = new FaultyApi(Crashy.store());
    private final Remedy remedy = new Remedy(api.config());
    private final String plan = remedy.plan();

    RulingTest() throws IOException {}

    @AfterEach
    void close() {
        remedy.close();
        api.close();
    }

    @Test
    void acceptsAnApprovalOfTheOpenPlan() {
        Ruling ruling = remedy.approve(plan);

        assertThat(ruling.reason()).isEqualTo(Reason.ACCEPTED);
        assertThat(ruling.verdict()).isEqualTo(Verdict.APPROVE);
        assertThat(ruling.approver().describe()).isEqualTo("bob (unverified)");
    }

    @Test
    void acceptsARejection() {
        Ruling ruling = rule("\"verdict\":\"REJECT\"");

        assertThat(ruling.accepted()).isTrue();
        assertThat(ruling.message()).contains("nothing was changed");
    }

    @Test
    void acceptsARejectionThatPolicyWouldNotLetApprove() {
        remedy.policy = Remedy.policyFor("elsewhere");

        assertThat(rule("\"verdict\":\"REJECT\"").accepted()).isTrue();
    }

    @Test
    void callsAnApproverWithoutNameAnonymous() {
        assertThat(rule("\"verdict\":\"APPROVE\"").approver().describe()).isEqualTo("anonymous (unverified)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "\"cluster\":\"prod\" | WRONG_CLUSTER",
                "\"workflowId\":\"incident:test:demo:deployment:other\" | WRONG_INCIDENT",
                "\"runId\":\"run-0\" | WRONG_RUN",
                "\"decisionId\":\"used\" | REPEATED",
                "\"expiresAt\":\"2026-11-24T12:00:00Z\" | DECISION_EXPIRED",
            })
    void refusesWithAReasonOfItsOwn(String field, Reason reason) {
        Ruling ruling = rule("\"verdict\":\"APPROVE\"," + field);

        assertThat(ruling.reason()).isEqualTo(reason);
        assertThat(ruling.message()).contains("Nothing was changed", "Next: incident");
    }

    @Test
    void acceptsTheSameFieldsWhereTheyAreRight() {
        Ruling ruling = rule("\"verdict\":\"APPROVE\",\"version\":1,\"cluster\":\"test\",\"workflowId\":\""
                + Remedy.INCIDENT + "\",\"runId\":\"" + Remedy.RUN
                + "\",\"decisionId\":\"d-1\",\"expiresAt\":\"2026-11-24T12:00:01Z\"");

        assertThat(ruling.accepted()).isTrue();
        assertThat(ruling.decisionId()).isEqualTo("d-1");
    }

    /** A reset signals the same text again, to a run that has forgotten it and at another time. */
    @Test
    void refusesAfterAResetATextThatWasUsedBeforeIt() {
        RulingRequest request = request("\"verdict\":\"APPROVE\"");
        assertThat(remedy.ruling.rule(request).accepted()).isTrue();
        remedy.clock.advance(Duration.ofSeconds(1));

        Ruling again = remedy.ruling.rule(inRun("run-2", request("\"verdict\":\"APPROVE\"")));

        assertThat(again.reason()).isEqualTo(Reason.REPEATED);
        assertThat(again.message()).contains("the same text was decided on in another run");
    }

    /** It led to no write, and the plan waits again: the same text pasted again is another decision. */
    @Test
    void acceptsTheSameTextAgainInTheSameRun() {
        assertThat(rule("\"verdict\":\"APPROVE\"").accepted()).isTrue();
        remedy.clock.advance(Duration.ofSeconds(1));

        assertThat(rule("\"verdict\":\"APPROVE\"").accepted()).isTrue();
    }

    @Test
    void refusesAnIdThatWasUsedInAnotherRun() {
        remedy.ruling.rule(request("\"verdict\":\"APPROVE\",\"decisionId\":\"d-1\""));

        RulingRequest again = inRun("run-2", request("\"verdict\":\"APPROVE\",\"decisionId\":\"d-1\""));

        assertThat(remedy.ruling.rule(again).reason()).isEqualTo(Reason.REPEATED);
    }

    private static RulingRequest inRun(String run, RulingRequest request) {
        return new RulingRequest(
                request.incident(),
                run,
                request.request(),
                request.decision(),
                request.planDigest(),
                request.deadline(),
                request.now(),
                List.of(),
                false,
                false);
    }

    @Test
    void refusesAnotherPlansDigest() {
        Ruling ruling = remedy.ruling.rule(
                remedy.rulingRequest("{\"planDigest\":\"sha256:00\",\"verdict\":\"APPROVE\"}", plan));

        assertThat(ruling.reason()).isEqualTo(Reason.WRONG_PLAN);
        assertThat(ruling.message()).contains("sha256:00", plan);
    }

    @Test
    void refusesWhatComesAfterTheDeadline() {
        RulingRequest request = request("\"verdict\":\"APPROVE\"");

        Ruling ruling = remedy.ruling.rule(new RulingRequest(
                request.incident(),
                request.runId(),
                request.request(),
                request.decision(),
                plan,
                request.now(),
                request.now(),
                List.of(),
                false,
                false));

        assertThat(ruling.reason()).isEqualTo(Reason.LATE);
    }

    @Test
    void recordsALateDecisionAsLate() {
        assertThat(rule("\"verdict\":\"APPROVE\"", true, false).reason()).isEqualTo(Reason.LATE);
    }

    /** An earlier decision was carried out, say: the deadline is ahead, and something was changed, though not by this. */
    @Test
    void saysOfADecisionThatCameWhileTheIncidentClosedWhyItIsLate() {
        String message = rule("\"verdict\":\"APPROVE\"", true, false).message();

        assertThat(message).contains("no plan waited for a decision any more", "Nothing was changed by it");
        assertThat(message).doesNotContain("deadline was");
    }

    @Test
    void refusesWhatIsOverTheLimit() {
        assertThat(rule("\"verdict\":\"APPROVE\"", false, true).reason()).isEqualTo(Reason.TOO_MANY);
    }

    @Test
    void refusesWhatThePolicyForbidsNow() {
        remedy.policy = Remedy.policyFor("elsewhere");

        Ruling ruling = remedy.approve(plan);

        assertThat(ruling.reason()).isEqualTo(Reason.POLICY_FORBIDS);
        assertThat(ruling.message()).contains("policy.yaml:3");
    }

    @Test
    void refusesWhileThePolicyCannotBeRead() {
        remedy.policy = "nonsense";

        Ruling ruling = remedy.approve(plan);

        assertThat(ruling.reason()).isEqualTo(Reason.POLICY_FORBIDS);
        assertThat(ruling.message()).contains("policy.yaml:1");
    }

    @Test
    void asksForAProofWhereThePolicyDoes() {
        remedy.policy = remedy.policy.replace("requireProof: false", "requireProof: true");

        assertThat(rule("\"verdict\":\"APPROVE\"").reason()).isEqualTo(Reason.PROOF_MISSING);
        assertThat(rule("\"verdict\":\"APPROVE\",\"proof\":\"x\"").reason()).isEqualTo(Reason.PROOF_INVALID);
        assertThat(rule("\"verdict\":\"REJECT\"").reason()).isEqualTo(Reason.PROOF_MISSING);
    }

    @ParameterizedTest
    @CsvSource({"alice", "ALICE", "' alice '", "anonymous"})
    void keepsTheRequesterFromApprovingWhereDutiesAreSeparate(String approver) {
        remedy.policy = remedy.policy.replace("separateDuties: false", "separateDuties: true");

        assertThat(rule("\"verdict\":\"APPROVE\",\"approver\":\"" + approver + "\"")
                        .reason())
                .isEqualTo(Reason.SELF_APPROVAL);
        assertThat(rule("\"verdict\":\"APPROVE\",\"approver\":\"bob\"").accepted())
                .isTrue();
    }

    @Test
    void escapesNamesThatLookLikeOthers() {
        Ruling ruling = rule("\"verdict\":\"APPROVE\",\"approver\":\"\u0430lice\\u202e\\u001b[31m\"");

        assertThat(ruling.approver().name()).isEqualTo("\\u0430lice\\u202E\\u001B[31m");
    }

    @Test
    void recordsTheDecisionAndTheRulingBeforeItAnswers() {
        remedy.approve(plan);

        assertThat(remedy.trail.events()).endsWith("decision_received", "decision_ruled");
        assertThat(remedy.trail.entries().get(2).detail("planDigest")).isEqualTo(plan);
    }

    @Test
    void answersNothingThatItCannotRecord() {
        remedy.trail.failOn("decision_ruled");

        assertThatThrownBy(() -> remedy.approve(plan))
                .isInstanceOfSatisfying(
                        ApplicationFailure.class,
                        failure -> assertThat(failure.isNonRetryable()).isFalse());
    }

    private Ruling rule(String fields) {
        return rule(fields, false, false);
    }

    private Ruling rule(String fields, boolean late, boolean overLimit) {
        RulingRequest request = request(fields);
        return remedy.ruling.rule(new RulingRequest(
                request.incident(),
                request.runId(),
                request.request(),
                request.decision(),
                plan,
                request.deadline(),
                request.now(),
                List.of("used"),
                late,
                overLimit));
    }

    private RulingRequest request(String fields) {
        return remedy.rulingRequest("{\"planDigest\":\"" + plan + "\"," + fields + "}", plan);
    }
}
