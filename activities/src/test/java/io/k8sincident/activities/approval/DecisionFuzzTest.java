package io.k8sincident.activities.approval;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.approval.ProofVerifier.Claimed;
import io.k8sincident.activities.approval.ProofVerifier.Identity;
import io.k8sincident.activities.policy.Policy;
import io.k8sincident.activities.testing.FaultRow;
import io.k8sincident.workflows.model.Ruling.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever becomes of a signed decision on its way: the defined refusal, or exactly what was signed. */
@FaultRow("decision of random bytes")
class DecisionFuzzTest extends SigningPeople {
    /** {@code -Dfuzz.rounds=100000} for a long run. */
    private static final int ROUNDS = Integer.getInteger("fuzz.rounds", 5_000);

    private static final String PIECES = "{}[]\":,\\u0dtruefalsnl1eE+-. \u0000\u202e\uffff";

    DecisionFuzzTest() {
        super("bob", "carol");
    }

    @Test
    void survivesMutatedDecisions() {
        Random random = new Random(20_261_124);
        ProofVerifier proofs = new SshProofs(() -> signing.remedy.clusterUid, Optional.empty());
        Policy policy = Policy.parse("policy.yaml", signing.remedy.policy, folder);
        ObjectNode decision = signing.signed("bob");
        String statement = signing.statement(decision);
        int accepted = 0;
        int read = 0;
        for (int i = 0; i < ROUNDS; i++) {
            String mutated = mutated(decision.toString(), random);
            try {
                DecisionReader.Read got = DecisionReader.read(signing.remedy.signal(mutated));
                read++;
                Identity identity = proofs.identify(
                        new Claimed(
                                got.decision().approver(),
                                got.fields(),
                                got.decision().proof(),
                                signing.remedy.clock.instant()),
                        policy);
                if (identity.reason() == Reason.ACCEPTED) {
                    accepted++;
                    assertThat(signing.statement(got.fields())).as(mutated).isEqualTo(statement);
                }
            } catch (MalformedSignalException refused) {
                assertThat(refused.getMessage()).isNotEmpty();
            }
        }
        assertThat(read).isGreaterThan(ROUNDS / 10);
        assertThat(accepted).as("white space may be added").isLessThan(ROUNDS / 10);
    }

    private static String mutated(String text, Random random) {
        StringBuilder mutated = new StringBuilder(text);
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = random.nextInt(mutated.length());
            char piece = random.nextInt(4) == 0
                    ? (char) random.nextInt(0x10000)
                    : PIECES.charAt(random.nextInt(PIECES.length()));
            switch (random.nextInt(4)) {
                case 0 -> mutated.setCharAt(at, piece);
                case 1 -> mutated.insert(at, piece);
                case 2 -> mutated.deleteCharAt(at);
                default -> mutated.insert(at, mutated.substring(at, Math.min(mutated.length(), at + 30)));
            }
        }
        return new String(mutated.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
