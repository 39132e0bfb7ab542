package io.k8sincident.activities.approval;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.testing.FaultRow;
import io.k8sincident.workflows.model.Execution;
import io.k8sincident.workflows.model.Execution.Status;
import io.k8sincident.workflows.model.Ruling;
import io.k8sincident.workflows.model.Ruling.Reason;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The trail says that people approved who did not. */
@FaultRow("ruling put into the trail that nobody signed")
class ForgedRulingTest extends ForgedTrail {
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

    /** The time of the entry is what the trail says, and a made-up workflow says any end of the window. */
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

    /** Otherwise a made-up plan could be "put back". */
    @Test
    void putsNothingBackThatNobodySigned() {
        Execution restoration = signing.remedy.execution.restore(request(forged(signing.decision("bob"))));

        refused(restoration, "0 count", "By hand: ");
    }
}
