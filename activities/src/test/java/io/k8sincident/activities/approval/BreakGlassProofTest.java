package io.k8sincident.activities.approval;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.testing.JsonMutation;
import io.k8sincident.workflows.model.Ruling;
import io.k8sincident.workflows.model.Ruling.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With which key, signed for what and bound to what, somebody may go ahead against the policy. */
class BreakGlassProofTest extends GlassToBreak {
    private static final String DECISION = "decision@k8sincident.io";

    @Test
    void takesNoSignatureThatWasMadeForADecision() {
        glass.policy(BrokenGlass.FROZEN, BrokenGlass.ALL);

        Ruling ruling = glass.signing.rule(glass.signed(glass.decision("ann"), "ann", DECISION));

        assertThat(ruling.reason()).isEqualTo(Reason.PROOF_INVALID);
        assertThat(ruling.message()).contains("the signature is for '" + DECISION + "'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "decision@k8sincident.io | lets key SHA256:",
                "break-glass@k8sincident.io,decision@k8sincident.io | sign for decision@k8sincident.io; for break-glass",
                "* | lets key SHA256:",
                "break-*@k8sincident.io | does not allow its key to sign for break-glass@k8sincident.io",
                "git | does not allow its key to sign for break-glass@k8sincident.io",
            })
    void takesNoKeyThatIsNotKeptForIt(String namespaces, String why) throws IOException {
        glass.policy(BrokenGlass.FROZEN, BrokenGlass.ALL);
        glass.signers(glass.line("ann", namespaces));

        Ruling ruling = glass.breaks("ann");

        assertThat(ruling.reason()).isEqualTo(Reason.NOT_ALLOWED);
        assertThat(ruling.message()).contains("allowed_signers:1", why);
    }

    @Test
    void takesNoKeyWithoutTheOptionAndNoneThatDecidesUnderAnotherName() throws IOException {
        glass.policy(BrokenGlass.FROZEN, BrokenGlass.ALL);
        glass.signers("ann " + glass.signing.keygen.publicKey("ann"));
        Ruling open = glass.breaks("ann");
        glass.signers(
                glass.line("ann", BrokenGlass.NAMESPACE),
                "annie namespaces=\"" + DECISION + "\",valid-before=\"20200101\" "
                        + glass.signing.keygen.publicKey("ann"));
        Ruling both = glass.breaks("ann");

        assertThat(open.reason()).isEqualTo(Reason.NOT_ALLOWED);
        assertThat(both.reason()).isEqualTo(Reason.NOT_ALLOWED);
        assertThat(both.message()).contains("allowed_signers:2 lets key SHA256:");
    }

    @Test
    void takesNoBreakGlassKeyForANormalDecision() {
        Ruling rightNamespace = glass.approves("ann");
        Ruling wrongNamespace =
                glass.signing.rule(glass.signed(glass.signing.decision("ann"), "ann", BrokenGlass.NAMESPACE));

        assertThat(rightNamespace.reason()).isEqualTo(Reason.NOT_ALLOWED);
        assertThat(wrongNamespace.reason()).isEqualTo(Reason.PROOF_INVALID);
    }

    @Test
    void turnsNoDecisionIntoTheOtherKind() {
        glass.policy(BrokenGlass.FROZEN, BrokenGlass.ALL);
        ObjectNode normal = glass.signing.signed("bob").put("breakGlass", BrokenGlass.WHY);
        ObjectNode broken = glass.signed("ann", decision -> {});
        broken.remove("breakGlass");

        assertThat(glass.signing.rule(normal).reason()).isEqualTo(Reason.PROOF_INVALID);
        assertThat(glass.signing.rule(broken).reason()).isEqualTo(Reason.PROOF_INVALID);
    }

    @ParameterizedTest
    @CsvSource({
        "workflowId, incident:test:demo:deployment:other, WRONG_INCIDENT",
        "runId, run-0, WRONG_RUN",
        "cluster, prod, WRONG_CLUSTER",
        "planDigest, sha256:00, WRONG_PLAN",
        "expiresAt, 2026-11-24T11:59:59Z, DECISION_EXPIRED",
        "expiresAt, 2026-11-26T12:00:00Z, PROOF_INVALID"
    })
    void isBoundAsAnyDecisionIs(String field, String value, Reason reason) {
        glass.policy(BrokenGlass.FROZEN, BrokenGlass.ALL);

        assertThat(glass.signing
                        .rule(glass.signed("ann", decision -> decision.put(field, value)))
                        .reason())
                .isEqualTo(reason);
    }

    @Test
    void countsOnce() {
        glass.policy(BrokenGlass.FROZEN, BrokenGlass.ALL);
        ObjectNode decision = glass.signed("ann", one -> {});
        assertThat(glass.signing.rule(decision).accepted()).isTrue();
        glass.remedy.clock.advance(Duration.ofSeconds(1));

        assertThat(glass.signing.rule(decision).reason()).isEqualTo(Reason.REPEATED);
        assertThat(glass.signing
                        .remedy
                        .ruling
                        .rule(glass.signing.request(decision, "run-2"))
                        .reason())
                .isEqualTo(Reason.WRONG_RUN);
    }

    @Test
    void acceptsNoneOfAThousandMutations() {
        glass.policy(BrokenGlass.FROZEN, BrokenGlass.ALL);
        ObjectNode decision = glass.signed("ann", one -> {});
        String proof = decision.path("proof").asText();
        decision.remove("proof");
        Random random = new Random(20_261_128);

        int accepted = 0;
        for (int i = 0; i < 1_000; i++) {
            ObjectNode mutant = (ObjectNode) JsonMutation.of(decision, random);
            accepted += glass.signing.rule(mutant.put("proof", proof)).accepted() ? 1 : 0;
        }

        assertThat(accepted).isZero();
        assertThat(glass.remedy.trail.find(Signing.INCIDENT, "break_glass")).isEmpty();
        assertThat(glass.signing.rule(decision.put("proof", proof)).accepted()).isTrue();
    }
}
