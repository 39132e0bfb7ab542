package io.k8sincident.activities.approval;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.audit.RecordActivityImpl;
import io.k8sincident.activities.audit.TrailEntry;
import io.k8sincident.activities.blob.Digest;
import io.k8sincident.activities.evidence.ClusterException;
import io.k8sincident.activities.testing.FaultRow;
import io.k8sincident.workflows.activity.ExecutionActivity.ExecutionRequest;
import io.k8sincident.workflows.model.ErrorCode;
import io.k8sincident.workflows.model.Execution;
import io.k8sincident.workflows.model.Execution.Status;
import io.k8sincident.workflows.model.Person;
import io.k8sincident.workflows.model.Ruling;
import io.k8sincident.workflows.model.Ruling.Reason;
import io.k8sincident.workflows.model.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody who can append to the trail, as a worker can, says there that people approved. They have nobody's key. */
@FaultRow("ruling put into the trail that nobody signed")
class ForgedRulingTest extends SigningPeople {
    private static final String QUORUM = "  quorum: {LOW: 2, MEDIUM: 2}\n";

    ForgedRulingTest() {
        super("bob", "carol", "dave");
    }

    @BeforeEach
    void letOnePersonDecide() {
        signing.remedy.policy = signing.remedy.policy.replace("separateDuties: true", "separateDuties: false");
    }

    @Test
    void carriesOutWhatWasSigned() {
        Execution execution = execute(signing.rule(signing.signed("bob")));

        assertThat(execution.status()).as(execution.message()).isEqualTo(Status.APPLIED);
        assertThat(signing.api.writes()).isEqualTo(1);
    }

    @Test
    void refusesARulingWithoutASignedText() {
        ObjectNode decision = signing.decision("bob");

        refused(execute(forge(decision, Reason.ACCEPTED, false)), "no signed text of it is kept", "0 count");
    }

    @Test
    void refusesATextWithoutAProof() {
        refused(execute(forged(signing.decision("bob"))), "demands a signature, and there is none");
    }

    @Test
    void refusesATextThatAnotherKeySigned() {
        signing.keygen.key("mallory");
        ObjectNode decision = signing.decision("bob");
        decision.put("proof", signing.keygen.sign("mallory", signing.statement(decision)));

        refused(execute(forged(decision)), "allowed_signers has no key SHA256:");
    }

    @Test
    void refusesWhatWasSignedForAnotherPlan() {
        ObjectNode other = signing.signed("bob");
        signing.remedy.clock.advance(Duration.ofSeconds(1));
        signing.plan = signing.remedy.plan();

        refused(execute(forged(other)), "does not approve this plan in this run");
    }

    @Test
    void refusesARejectionThatIsCalledAnApproval() {
        refused(
                execute(forged(signing.signed("bob", decision -> decision.put("verdict", "REJECT")))),
                "does not approve this plan");
    }

    @Test
    void refusesWhatWasSignedForAnotherRunIncidentOrCluster() {
        for (String field : new String[] {"runId", "workflowId", "cluster"}) {
            ObjectNode foreign = signing.signed("bob", decision -> decision.put(field, "other"));

            refused(execute(forged(foreign)), "does not approve this plan in this run");
        }
    }

    @Test
    void refusesWhatHadExpiredWhenItWasRuledOn() {
        ObjectNode decision = signing.signed("bob");
        signing.remedy.clock.advance(Duration.ofMinutes(11));

        refused(execute(forged(decision)), "it was valid until");
    }

    /** The time of the entry is what the trail says, and a made-up workflow says any end of the window. */
    @Test
    void refusesLongAfterWhatWasSignedHasExpiredWhateverTheTrailSays() {
        Ruling forged = forged(signing.signed("bob"));
        ExecutionRequest request = withoutEnd(forged);
        signing.remedy.clock.advance(Duration.ofMinutes(71));

        refused(signing.remedy.execution.execute(request), "it was valid until");
    }

    @Test
    void refusesWhatIsSignedForMoreThanADay() {
        String far = signing.remedy.clock.instant().plus(Duration.ofDays(30)).toString();

        refused(
                execute(forged(signing.signed("bob", decision -> decision.put("expiresAt", far)))),
                "not bound to a time within 24 hours");
    }

    @Test
    void refusesAnApprovalOfAPlanThatWasRejected() {
        Ruling approval = signing.rule(signing.signed("bob"));
        signing.rule(signing.signed("carol", decision -> decision.put("verdict", "REJECT")));

        Execution execution = execute(approval);

        assertThat(execution.status()).isEqualTo(Status.REFUSED);
        assertThat(execution.message()).contains("was rejected in this run", "Nothing was changed");
        assertThat(signing.api.writes()).isZero();
    }

    @Test
    void doesAndPutsBackNothingOnceTheIncidentHasEnded() {
        ExecutionRequest request = request(signing.rule(signing.signed("bob")));
        append(RecordActivityImpl.CLOSED, Map.of("outcome", "CANCELLED"));

        Execution execution = signing.remedy.execution.execute(request);
        Execution restoration = signing.remedy.execution.restore(request);

        assertThat(execution.status()).isEqualTo(Status.REFUSED);
        assertThat(execution.message()).contains("the incident has ended in this run", "Nothing was changed");
        assertThat(restoration.status()).isEqualTo(Status.REFUSED);
        assertThat(signing.api.writes()).isZero();
    }

    @Test
    void putsNothingBackLongAfterTheApproval() {
        ExecutionRequest request = request(signing.rule(signing.signed("bob")));
        assertThat(signing.remedy.execution.execute(request).status()).isEqualTo(Status.APPLIED);
        signing.remedy.clock.advance(Duration.ofHours(3));

        Execution restoration = signing.remedy.execution.restore(request);

        assertThat(restoration.status()).isEqualTo(Status.BLOCKED);
        assertThat(restoration.message()).contains("it was valid until", "By hand: ");
        assertThat(signing.api.writes()).isEqualTo(1);
    }

    @Test
    void refusesASecondPersonWhoDidNotSign() {
        signing.remedy.policy += QUORUM;
        signing.rule(signing.signed("bob"));

        refused(execute(forged(signing.decision("carol"))), "2 different people", "1 count", "there is none");
    }

    @Test
    void countsOnePersonOnceHoweverOftenTheTrailSaysSo() {
        signing.remedy.policy += QUORUM;
        signing.rule(signing.signed("bob"));

        refused(execute(forged(signing.signed("bob"))), "2 different people", "1 count");
    }

    @Test
    void bringsNoApprovalForwardAgainThatWasUsedUp() {
        signing.remedy.policy += QUORUM;
        ObjectNode bobs = signing.signed("bob");
        signing.rule(bobs);
        signing.rule(signing.signed("carol"));
        forge(bobs, Reason.QUORUM_INCOMPLETE, true);

        refused(execute(forged(signing.signed("dave"))), "2 different people", "1 count");
    }

    /** The plan went back to waiting; the same two approvals in the other order are the same two approvals. */
    @Test
    void countsNoApprovalAgainWithTheOneThatItWasCountedWith() {
        signing.remedy.policy += QUORUM;
        ObjectNode bobs = signing.signed("bob");
        ObjectNode carols = signing.signed("carol");
        signing.rule(bobs);
        signing.rule(carols);
        forge(carols, Reason.QUORUM_INCOMPLETE, true);

        refused(execute(forged(bobs)), "was counted before, with another one, and counts once");
    }

    @Test
    void countsNoApprovalAgainThatCompletedAnother() {
        signing.remedy.policy += QUORUM;
        ObjectNode carols = signing.signed("carol");
        signing.rule(signing.signed("bob"));
        signing.rule(carols);
        forge(carols, Reason.QUORUM_INCOMPLETE, true);

        refused(execute(forged(signing.signed("dave"))), "1 count");
    }

    @Test
    void refusesBrokenGlassThatNobodySigned() {
        signing.remedy.policy += "breakGlass: {people: [bob], lifts: [quorum]}\n";
        ObjectNode decision = signing.signed("bob");
        Ruling ruling = ruling(decision);
        Map<String, String> detail = detail(decision, Reason.ACCEPTED);
        detail.put("breakGlass", BrokenGlass.WHY);
        detail.put("lifted", "quorum");
        detail.put("brokenBy", "bob");
        keep(decision);
        append(GlassRecords.BROKEN, detail);
        append(RulingActivityImpl.RULED, detail);

        refused(execute(ruling), "does not approve this plan");
    }

    @Test
    void refusesAKeyThatWasTakenAwayAfterTheRuling() throws IOException {
        Ruling ruling = signing.rule(signing.signed("bob"));
        signing.people("carol");

        refused(execute(ruling), "allowed_signers has no key");
    }

    @Test
    void putsNothingBackThatAKeyApprovedWhichWasTakenOutOfTheFile() throws IOException {
        ExecutionRequest request = request(signing.rule(signing.signed("bob")));
        assertThat(signing.remedy.execution.execute(request).status()).isEqualTo(Status.APPLIED);
        signing.people("carol");

        Execution restoration = signing.remedy.execution.restore(request);

        assertThat(restoration.status()).isEqualTo(Status.BLOCKED);
        assertThat(restoration.message()).contains("allowed_signers has no key", "By hand: ");
    }

    @Test
    void putsBackWhatAKeyApprovedThatHasExpiredSince() throws IOException {
        ExecutionRequest request = request(signing.rule(signing.signed("bob")));
        assertThat(signing.remedy.execution.execute(request).status()).isEqualTo(Status.APPLIED);
        signing.remedy.clock.advance(Duration.ofMinutes(1));
        signing.signers("bob valid-before=\"20261124120030Z\" " + signing.keygen.publicKey("bob"));

        Execution restoration = signing.remedy.execution.restore(request);

        assertThat(restoration.status()).as(restoration.message()).isEqualTo(Status.APPLIED);
    }

    /** Otherwise a made-up plan could be "put back". */
    @Test
    void putsNothingBackThatNobodySigned() {
        Execution restoration = signing.remedy.execution.restore(request(forged(signing.decision("bob"))));

        refused(restoration, "0 count", "By hand: ");
    }

    @Test
    void refusesOnceThePolicyAsksForMorePeople() {
        Ruling ruling = signing.rule(signing.signed("bob"));
        signing.remedy.policy += QUORUM;

        refused(execute(ruling), "2 different people", "1 count");
    }

    @Test
    void refusesWhatNobodySignedOnceThePolicyDemandsSignatures() {
        String strict = signing.remedy.policy;
        signing.remedy.policy = strict.replace("requireProof: true", "requireProof: false");
        Ruling ruling = signing.rule(signing.decision("bob"));
        assertThat(ruling.accepted()).isTrue();
        signing.remedy.policy = strict;

        refused(execute(ruling), "no signed text of it is kept");
    }

    @Test
    void refusesWhileTheClusterDoesNotSayWhichOneItIs() {
        Ruling ruling = signing.rule(signing.signed("bob"));
        signing.remedy.uidFailure = new ClusterException(ErrorCode.CLUSTER_BUSY, "namespace kube-system: 429");

        refused(execute(ruling), "cannot be checked now: namespace kube-system: 429");
    }

    private Ruling forged(ObjectNode decision) {
        return forge(decision, Reason.ACCEPTED, true);
    }

    /** What a worker would put into the trail, and beside it, if it had accepted this decision. */
    private Ruling forge(ObjectNode decision, Reason reason, boolean kept) {
        if (kept) {
            keep(decision);
        }
        append(RulingActivityImpl.RULED, detail(decision, reason));
        return ruling(decision);
    }

    private void keep(ObjectNode decision) {
        var unused = signing.remedy.blobs.put(decision.toString().getBytes(StandardCharsets.UTF_8));
    }

    private Map<String, String> detail(ObjectNode decision, Reason reason) {
        Ruling ruling = ruling(decision);
        return new TreeMap<>(Map.of(
                "decisionId", ruling.decisionId(),
                "decisionDigest", ruling.decisionDigest(),
                "planDigest", signing.plan,
                "verdict", Verdict.APPROVE.name(),
                "reason", reason.name(),
                "name", ruling.approver().name(),
                "key", "SHA256:made-up"));
    }

    private void append(String event, Map<String, String> detail) {
        signing.remedy.trail.append(TrailEntry.of(Signing.INCIDENT, Signing.RUN, event, detail));
    }

    private Ruling ruling(ObjectNode decision) {
        return new Ruling(
                decision.get("decisionId").asText(),
                Verdict.APPROVE,
                Person.verified(decision.get("approver").asText(), "SHA256:made-up"),
                Reason.ACCEPTED,
                "approved",
                Digest.of(decision.toString().getBytes(StandardCharsets.UTF_8)),
                signing.remedy.clock.instant());
    }

    private ExecutionRequest request(Ruling ruling) {
        return signing.remedy.executionRequest(signing.plan, ruling);
    }

    private ExecutionRequest withoutEnd(Ruling ruling) {
        ExecutionRequest request = request(ruling);
        return new ExecutionRequest(
                request.incident(),
                request.runId(),
                request.planDigest(),
                request.action(),
                request.acceptance(),
                request.windowEnds().plus(Duration.ofDays(1_000)));
    }

    private Execution execute(Ruling ruling) {
        return signing.remedy.execution.execute(request(ruling));
    }

    private void refused(Execution execution, String... why) {
        assertThat(execution.status()).as(execution.message()).isEqualTo(Status.BLOCKED);
        assertThat(execution.message()).contains(why).containsAnyOf("Nothing was changed", "not put back");
        assertThat(signing.api.writes()).isZero();
    }
}
