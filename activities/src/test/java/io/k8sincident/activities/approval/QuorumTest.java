package io.k8sincident.activities.approval;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.testing.FaultRow;
import io.k8sincident.workflows.model.Ruling;
import io.k8sincident.workflows.model.Ruling.Reason;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A plan that two different people must approve, under a policy that names who may sign. */
@FaultRow("quorum by one person twice")
class QuorumTest extends SigningPeople {
    QuorumTest() {
        super("bob", "carol", "dave");
    }

    @BeforeEach
    void askForTwo() {
        signing.remedy.policy += "  quorum: {LOW: 2, MEDIUM: 2}\n";
    }

    @Test
    void waitsForTheSecondPerson() {
        Ruling first = signing.rule(signing.signed("bob"));
        Ruling second = signing.rule(signing.signed("carol"));

        assertThat(first.reason()).isEqualTo(Reason.QUORUM_INCOMPLETE);
        assertThat(first.message()).contains("1 of 2 different people that policy.yaml:", "bob", "Nothing was changed");
        assertThat(second.reason()).as(second.message()).isEqualTo(Reason.ACCEPTED);
        assertThat(second.message()).contains("by bob, carol");
    }

    @Test
    void countsOnePersonOnce() {
        signing.rule(signing.signed("bob"));

        assertThat(signing.rule(signing.signed("bob")).reason()).isEqualTo(Reason.QUORUM_INCOMPLETE);
    }

    @Test
    void countsOneKeyUnderTwoNamesOnce() throws IOException {
        String key = signing.keygen.publicKey("bob");
        signing.signers("bob,robert " + key + "\ncarol " + signing.keygen.publicKey("carol"));
        signing.rule(signing.signed("bob"));

        ObjectNode decision = signing.decision("robert");
        decision.put("proof", signing.keygen.sign("bob", signing.statement(decision)));

        assertThat(signing.rule(decision).reason()).isEqualTo(Reason.QUORUM_INCOMPLETE);
    }

    @Test
    void countsOneNameWithTwoKeysOnce() throws IOException {
        signing.signers("bob " + signing.keygen.publicKey("bob") + "\nbob,BOB " + signing.keygen.publicKey("carol"));
        signing.rule(signing.signed("bob"));

        ObjectNode decision = signing.decision("BOB");
        decision.put("proof", signing.keygen.sign("carol", signing.statement(decision)));

        assertThat(signing.rule(decision).reason()).isEqualTo(Reason.QUORUM_INCOMPLETE);
    }

    @Test
    void countsNoApprovalThatHasExpired() {
        signing.rule(signing.signed("bob"));
        signing.remedy.clock.advance(Duration.ofMinutes(11));

        Ruling second = signing.rule(signing.signed("carol"));

        assertThat(second.reason()).isEqualTo(Reason.QUORUM_INCOMPLETE);
        assertThat(second.message()).contains("that of bob was valid until");
    }

    @Test
    void countsNoApprovalWhoseKeyIsNotAllowedAnyMore() throws IOException {
        signing.rule(signing.signed("bob"));
        signing.people("carol", "dave");

        Ruling second = signing.rule(signing.signed("carol"));
        Ruling third = signing.rule(signing.signed("dave"));

        assertThat(second.message()).contains("1 of 2", "allowed_signers has no key");
        assertThat(third.message()).contains("by carol, dave");
    }

    @Test
    void countsNoApprovalOfAnotherPlan() {
        signing.rule(signing.signed("bob"));
        signing.remedy.clock.advance(Duration.ofSeconds(1));
        signing.plan = signing.remedy.plan();

        assertThat(signing.rule(signing.signed("carol")).reason()).isEqualTo(Reason.QUORUM_INCOMPLETE);
    }

    /** The plan went back to waiting: those who approved it must do so again. */
    @Test
    void usesApprovalsUpWithTheOneThatCompletesThem() {
        signing.rule(signing.signed("bob"));
        signing.rule(signing.signed("carol"));

        assertThat(signing.rule(signing.signed("dave")).reason()).isEqualTo(Reason.QUORUM_INCOMPLETE);
    }

    @Test
    void completesItAgainWhenTheActivityIsRetried() {
        signing.rule(signing.signed("bob"));
        ObjectNode decision = signing.signed("carol");

        assertThat(signing.rule(decision).accepted()).isTrue();
        assertThat(signing.rule(decision).accepted()).isTrue();
    }

    @Test
    void oneRejectionIsEnough() {
        signing.rule(signing.signed("bob"));

        assertThat(signing.rule(signing.signed("carol", decision -> decision.put("verdict", "REJECT")))
                        .accepted())
                .isTrue();
    }

    /** Without a quorum in the policy: nobody knows who asked, so one of two is somebody else. */
    @Test
    void asksForTwoWhereNobodyKnowsWhoAskedForThePlan() {
        signing.remedy.policy = signing.remedy.policy.replace("  quorum: {LOW: 2, MEDIUM: 2}\n", "");

        Ruling first = signing.rule(signing.signed("bob"));

        assertThat(first.reason()).isEqualTo(Reason.QUORUM_INCOMPLETE);
        assertThat(signing.rule(signing.signed("carol")).accepted()).isTrue();
    }
}
