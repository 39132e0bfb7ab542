package io.k8sincident.activities.approval;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.audit.ChainedEntry;
import io.k8sincident.activities.testing.FaultRow;
import io.k8sincident.workflows.activity.RulingActivity.RulingRequest;
import io.k8sincident.workflows.model.Ruling;
import io.k8sincident.workflows.model.Ruling.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Decisions that are signed by real keys, and what strangers make of them. */
@FaultRow("decision forged, replayed, for another cluster, by an expired or unknown key")
class SignedRulingTest extends SigningPeople {
    SignedRulingTest() {
        super("bob", "carol");
    }

    @BeforeEach
    void letOnePersonAskAndDecide() {
        signing.remedy.policy = signing.remedy.policy.replace("separateDuties: true", "separateDuties: false");
    }

    @Test
    void acceptsWhatAnAllowedKeySigned() {
        Ruling ruling = signing.rule(signing.signed("bob", decision -> {}));

        assertThat(ruling.reason()).as(ruling.message()).isEqualTo(Reason.ACCEPTED);
        assertThat(ruling.approver().verified()).isTrue();
        assertThat(ruling.approver().describe()).isEqualTo("bob");
        assertThat(ruling.approver().key()).startsWith("SHA256:");
    }

    @Test
    void acceptsASignedRejection() {
        Ruling ruling = signing.rule(signing.signed("bob", decision -> decision.put("verdict", "REJECT")));

        assertThat(ruling.accepted()).isTrue();
        assertThat(ruling.message()).contains("rejected; nothing was changed; by bob");
    }

    /** Anybody who has the keys can check it later, without us. */
    @Test
    void keepsTheSignedTextUnderTheDecisionsDigest() {
        ObjectNode decision = signing.signed("bob", one -> {});

        Ruling ruling = signing.rule(decision);

        ChainedEntry received =
                signing.remedy.trail.find(Signing.INCIDENT, "decision_received").get(0);
        assertThat(received.detail("signedText")).isEqualTo(ruling.decisionDigest());
        assertThat(signing.remedy.blobs.get(ruling.decisionDigest()))
                .hasValueSatisfying(bytes ->
                        assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(decision.toString()));
    }

    @Test
    void refusesADecisionWithoutAProof() {
        ObjectNode decision = signing.signed("bob", one -> {});
        decision.remove("proof");

        Ruling ruling = signing.rule(decision);

        assertThat(ruling.reason()).isEqualTo(Reason.PROOF_MISSING);
        assertThat(ruling.approver().describe()).isEqualTo("bob (unverified)");
        assertThat(ruling.message()).contains("policy.yaml:", "demands a signature", "Nothing was changed");
    }

    /** Each field of the decision is under the signature. */
    @ParameterizedTest
    @ValueSource(strings = {"decisionId", "verdict", "reason", "expiresAt"})
    void refusesAFieldThatWasChangedAfterwards(String field) {
        ObjectNode decision = signing.signed("bob", one -> one.put("verdict", "REJECT"));
        decision.put(field, field.equals("verdict") ? "APPROVE" : field.equals("expiresAt") ? later() : "other");

        assertThat(signing.rule(decision).reason()).isEqualTo(Reason.PROOF_INVALID);
    }

    @ParameterizedTest
    @CsvSource({"cluster, WRONG_CLUSTER", "workflowId, WRONG_INCIDENT", "runId, WRONG_RUN", "planDigest, WRONG_PLAN"})
    void refusesWhatWasSignedForSomethingElse(String field, Reason reason) {
        assertThat(signing.rule(signing.signed("bob", decision -> decision.put(field, "other")))
                        .reason())
                .isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource({"cluster, other", "workflowId, other", "runId, other", "planDigest, other"})
    void refusesWhatWasSignedForSomethingElseAndThenChangedToThis(String field, String signedFor) {
        ObjectNode decision = signing.signed("bob", one -> one.put(field, signedFor));
        decision.set(field, signing.decision("bob").get(field));

        assertThat(signing.rule(decision).reason()).isEqualTo(Reason.PROOF_INVALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"decisionId", "cluster", "workflowId", "runId", "expiresAt"})
    void refusesWhatLeavesOpenWhatItIsFor(String field) {
        Ruling ruling = signing.rule(signing.signed("bob", decision -> decision.remove(field)));

        assertThat(ruling.reason()).isEqualTo(Reason.PROOF_INVALID);
        assertThat(ruling.message()).contains("must have the fields decisionId, cluster");
    }

    @Test
    void refusesWhatIsValidForMoreThanADay() {
        Ruling ruling = signing.rule(signing.signed(
                "bob",
                decision -> decision.put(
                        "expiresAt",
                        signing.remedy
                                .clock
                                .instant()
                                .plus(Duration.ofHours(25))
                                .toString())));

        assertThat(ruling.message()).contains("more than 24 hours");
    }

    /** The same name, another cluster: only the uid of its kube-system namespace tells them apart. */
    @Test
    void refusesWhatWasSignedForAnotherClusterOfTheSameName() {
        ObjectNode decision = signing.signed("bob", one -> {});
        signing.remedy.clusterUid = "uid-of-another";

        Ruling ruling = signing.rule(decision);

        assertThat(ruling.reason()).isEqualTo(Reason.PROOF_INVALID);
        assertThat(ruling.message()).contains("did not sign exactly this for this cluster");
    }

    @Test
    void refusesASignatureForAnotherPurpose() {
        ObjectNode decision = signing.decision("bob");
        decision.put("proof", signing.keygen.sign("bob", signing.statement(decision), "git"));

        assertThat(signing.rule(decision).message()).contains("the signature is for 'git'");
    }

    @Test
    void refusesAKeyThatNobodyKnows() {
        signing.keygen.key("mallory");
        ObjectNode decision = signing.decision("bob");
        decision.put("proof", signing.keygen.sign("mallory", signing.statement(decision)));

        Ruling ruling = signing.rule(decision);

        assertThat(ruling.reason()).isEqualTo(Reason.NOT_ALLOWED);
        assertThat(ruling.message()).contains("allowed_signers has no key SHA256:");
    }

    @Test
    void refusesAKnownKeyUnderAnothersName() {
        ObjectNode decision = signing.decision("carol");
        decision.put("proof", signing.keygen.sign("bob", signing.statement(decision)));

        Ruling ruling = signing.rule(decision);

        assertThat(ruling.reason()).isEqualTo(Reason.NOT_ALLOWED);
        assertThat(ruling.message()).contains("to sign as 'carol'");
    }

    @Test
    void readsTheFileAnewForEachDecision() throws IOException {
        ObjectNode decision = signing.signed("bob", one -> {});
        signing.people("carol");

        assertThat(signing.rule(decision).reason()).isEqualTo(Reason.NOT_ALLOWED);
    }

    @Test
    void refusesAKeyThatHasExpired() throws IOException {
        signing.signers("bob valid-before=\"20261124115959Z\" " + signing.keygen.publicKey("bob"));

        Ruling ruling = signing.rule(signing.signed("bob", decision -> {}));

        assertThat(ruling.reason()).isEqualTo(Reason.NOT_ALLOWED);
        assertThat(ruling.message()).contains("allowed_signers:1 has expired");
    }

    @Test
    void acceptsNothingWhileTheFileCannotBeUsed() throws IOException {
        ObjectNode decision = signing.signed("bob", one -> {});
        signing.signers("bob " + signing.keygen.publicKey("bob") + "\nnonsense");

        Ruling broken = signing.rule(decision);
        Files.delete(folder.resolve("allowed_signers"));
        Ruling missing = signing.rule(decision);

        assertThat(broken.reason()).isEqualTo(Reason.PROOF_INVALID);
        assertThat(broken.message()).contains("allowed_signers:2: the line cannot be used");
        assertThat(missing.reason()).isEqualTo(Reason.PROOF_INVALID);
        assertThat(missing.message()).contains("cannot be read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"b\u043eb", "bob ", " bob", "bob\u200b", "ｂｏｂ", "bo\u0000b", "anonymous", ""})
    void refusesNamesThatLookLikeOthers(String name) {
        Ruling ruling = signing.rule(signing.signed("bob", decision -> decision.put("approver", name)));

        assertThat(ruling.accepted()).isFalse();
        assertThat(ruling.approver().verified()).isFalse();
        assertThat(ruling.approver().name().chars()).allMatch(c -> c >= 0x20 && c < 0x7F);
    }

    /** In UTF-8 it would be the question mark that was signed. */
    @Test
    void refusesHalfASurrogatePair() {
        ObjectNode decision = signing.signed("bob", one -> one.put("reason", "why?"));
        String changed = decision.toString().replace("why?", "why\\ud800");

        Ruling ruling = signing.remedy.ruling.rule(signing.remedy.rulingRequest(changed, signing.plan));

        assertThat(ruling.reason()).isEqualTo(Reason.PROOF_INVALID);
        assertThat(ruling.message()).contains("no canonical JSON");
    }

    @Test
    void takesNoOtherCaseForTheSameName() {
        assertThat(signing.rule(signing.signed("bob", decision -> decision.put("approver", "BOB")))
                        .reason())
                .isEqualTo(Reason.NOT_ALLOWED);
    }

    @Test
    void refusesWhatHasExpired() {
        ObjectNode decision = signing.signed("bob", one -> {});
        signing.remedy.clock.advance(Duration.ofMinutes(10));

        assertThat(signing.rule(decision).reason()).isEqualTo(Reason.DECISION_EXPIRED);
    }

    /** A retry of the activity rules on the same signal again. */
    @Test
    void rulesOnTheSameSignalAgainInTheSameWay() {
        RulingRequest request = signing.request(signing.signed("bob", decision -> {}), Signing.RUN);

        assertThat(signing.remedy.ruling.rule(request).accepted()).isTrue();
        assertThat(signing.remedy.ruling.rule(request).accepted()).isTrue();
    }

    @Test
    void acceptsADecisionOnce() {
        ObjectNode decision = signing.signed("bob", one -> {});
        signing.rule(decision);
        signing.remedy.clock.advance(Duration.ofSeconds(1));

        assertThat(signing.rule(decision).reason()).isEqualTo(Reason.REPEATED);
    }

    /** A reset signals everything again, to a run that has forgotten it. */
    @Test
    void refusesAfterAResetWhatWasUsedBeforeIt() {
        ObjectNode decision = signing.signed("bob", one -> {});
        signing.rule(decision);

        Ruling ruling = signing.remedy.ruling.rule(signing.request(decision, "run-2"));

        assertThat(ruling.reason()).isEqualTo(Reason.WRONG_RUN);
    }

    @Test
    void checksAProofThatNobodyAskedFor() {
        signing.remedy.policy = signing.remedy.policy.replace("requireProof: true", "requireProof: false");
        ObjectNode good = signing.signed("bob", one -> {});
        ObjectNode bad = signing.signed("bob", one -> {}).put("reason", "changed");

        assertThat(signing.rule(bad).reason()).isEqualTo(Reason.PROOF_INVALID);
        assertThat(signing.rule(good).approver().describe()).isEqualTo("bob");
    }

    @Test
    void takesNoProofOfARevisionForADecision() {
        ObjectNode decision = signing.decision("bob");
        ObjectNode revision = decision.deepCopy();
        revision.remove("verdict");
        decision.put("proof", signing.keygen.sign("bob", signing.statement(revision)));

        assertThat(signing.rule(decision).reason()).isEqualTo(Reason.PROOF_INVALID);
    }

    private String later() {
        return signing.remedy.clock.instant().plus(Duration.ofHours(2)).toString();
    }
}
