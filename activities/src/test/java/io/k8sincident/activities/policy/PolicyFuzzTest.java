package io.k8sincident.activities.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.k8sincident.activities.testing.FaultRow;
import io.k8sincident.workflows.model.Action;
import io.k8sincident.workflows.model.Risk;
import io.k8sincident.workflows.model.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Damaged policies: each is refused with a PolicyException, or means exactly what its text says. How many is the system
 * property {@code policies}.
 */
@FaultRow("malformed policy")
class PolicyFuzzTest {
    private static final int ROUNDS = Integer.getInteger("policies", 10_000);
    private static final long SEED = 20_261_128;
    private static final String FULL = PolicySchemaTest.full();
    private static final String WITHOUT_RULES = FULL.substring(0, FULL.indexOf("deny:\n  - name"));
    private static final String SHORT = Policies.BASE
            + "optOut: [a/b]\nmode:\n  shop: PROPOSE\nfreeze:\n  - {name: x, timeZone: UTC, from: 2026-12-24, to: 2026-12-26}\n";
    private static final List<Risk> RISKS = List.of(Risk.values());
    private static final int PROBES = 12;
    private static final String[] NAMESPACES = {"demo", "demo", "shop", "billing", "kube-system", "*", ""};
    private static final String[] KINDS = {"Deployment", "Deployment", "StatefulSet", "Secret"};
    private static final String[] TOKENS = {
        "[]",
        "{}",
        "null",
        "~",
        "*",
        "'*'",
        "&a",
        "*a",
        "!!str",
        "!!set",
        "|",
        ">-",
        "'",
        "\"",
        "\0",
        "\u2028",
        "\uFEFF",
        "# ",
        ": ",
        "- ",
        ", ",
        "---\n",
        "...\n",
        "%YAML 1.1\n",
        "<<: ",
        "? ",
        "true",
        "false",
        "yes",
        "0x1",
        "1e3",
        "HIGH",
        "LOW",
        "shop",
        "demo",
        "allow",
        "deny",
        "Deployment",
        "RollBack",
        "PROPOSE",
        "24:00",
        "SUN",
        "2026-12-24",
        "  ",
        "\t",
        "\r",
        "\n",
        "kube-system",
        "freeze",
        "optOut",
        "99999999999",
        "-1"
    };

    @Test
    void aDamagedPolicyIsRefusedOrMeansWhatItsTextSays() {
        Random random = new Random(SEED);
        int accepted = 0;
        for (int round = 0; round < ROUNDS; round++) {
            String base = base(round);
            String text = damaged(base, random);
            Policy policy;
            try {
                policy = Policy.parse("policy.yaml", text);
            } catch (PolicyException e) {
                assertThat(e.getMessage())
                        .as(() -> text)
                        .startsWith("policy.yaml:")
                        .hasSizeLessThan(5_000);
                continue;
            }
            accepted++;
            requireMeaning(policy, text, random);
        }
        System.out.println("policy fuzzing: " + ROUNDS + " damaged policies, " + accepted + " of them still policies");
        assertThat(accepted).isGreaterThan(ROUNDS / 100);
    }

    /** Read a second time by a loader that knows nothing of policies. */
    private static void requireMeaning(Policy policy, String text, Random random) {
        JsonNode document;
        try {
            document = PolicySchemaTest.yaml(text);
        } catch (YamlEngineException e) {
            throw new AssertionError("it is no YAML, but was accepted: " + text, e);
        }
        for (int probe = 0; probe < PROBES; probe++) {
            Target target = new Target("apps/v1", pick(KINDS, random), pick(NAMESPACES, random), "app", null);
            Action action = random.nextBoolean()
                    ? new Action.RestartRollout(target, Instant.EPOCH)
                    : new Action.SetCommand(target, "app", List.of("x"));
            requireSame(policy, document, action, RISKS.get(random.nextInt(RISKS.size())), text);
        }
        assertThat(policy.freezes())
                .as(() -> text)
                .hasSize(document.path("freeze").size());
        assertThat(policy.rules()).as(() -> text).hasSize(document.path("deny").size());
        assertThat(policy.optOut())
                .as(() -> text)
                .hasSize(document.path("optOut").size());
        assertThat(policy.modes()).as(() -> text).hasSize(document.path("mode").size());
        assertThat(policy.breaker().isPresent()).as(() -> text).isEqualTo(document.has("breaker"));
        assertThat(policy.requireProof().value())
                .as(() -> text)
                .isEqualTo(document.path("decisions").path("requireProof").asBoolean(true));
        assertThat(policy.decisions().quorumFor(Risk.HIGH).value())
                .as(() -> text)
                .isEqualTo(
                        document.path("decisions").path("quorum").path("HIGH").asInt(2));
        assertThat(policy.limits().maxReplicas().map(Policy.Limit::value).orElse(-1))
                .as(() -> text)
                .isEqualTo(document.path("limits").path("maxReplicas").asInt(-1));
    }

    private static void requireSame(Policy policy, JsonNode document, Action action, Risk risk, String text) {
        String namespace = String.valueOf(action.target().namespace());
        boolean expected = texts(document.path("namespaces").path("allow")).contains(namespace)
                && !texts(document.path("namespaces").path("deny")).contains(namespace)
                && !namespace.startsWith("kube-")
                && texts(document.path("actions").path(action.target().kind()))
                        .contains(action.getClass().getSimpleName())
                && !risk.exceeds(Risk.valueOf(document.path("highestRisk").asText()));
        assertThat(policy.allows(List.of(action), risk).allowed())
                .as(() -> action.describe() + " in " + namespace + " by " + text)
                .isEqualTo(expected);
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(element -> texts.add(element.asText()));
        return texts;
    }

    /** Mostly short ones, which are read faster and hit more often. */
    private static String base(int round) {
        if (round % 50 == 0) {
            return FULL;
        }
        return round % 10 == 1 ? WITHOUT_RULES : round % 10 == 2 ? PolicyFile.shippedText() : SHORT;
    }

    private static String pick(String[] choices, Random random) {
        return choices[random.nextInt(choices.length)];
    }

    private static String damaged(String text, Random random) {
        StringBuilder damaged = new StringBuilder(text);
        for (int i = 1 + random.nextInt(3); i > 0 && !damaged.isEmpty(); i--) {
            int at = random.nextInt(damaged.length());
            switch (random.nextInt(7)) {
                case 0 -> damaged.deleteCharAt(at);
                case 1 ->
                    damaged.setCharAt(
                            at, (char) (random.nextInt(20) == 0 ? random.nextInt(0x3000) : 32 + random.nextInt(95)));
                case 2 -> damaged.insert(at, TOKENS[random.nextInt(TOKENS.length)]);
                case 3 -> damaged.replace(at, wordEnd(damaged, at), TOKENS[random.nextInt(TOKENS.length)]);
                case 4 -> damaged.insert(lineStart(damaged, at), line(damaged, random.nextInt(damaged.length())));
                case 5 -> damaged.delete(lineStart(damaged, at), lineEnd(damaged, at));
                default -> damaged.delete(at, Math.min(damaged.length(), at + random.nextInt(40)));
            }
        }
        return damaged.toString();
    }

    private static int wordEnd(StringBuilder text, int from) {
        int i = from;
        while (i < text.length() && Character.isLetterOrDigit(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private static int lineStart(StringBuilder text, int at) {
        return text.lastIndexOf("\n", Math.max(0, at - 1)) + 1;
    }

    private static int lineEnd(StringBuilder text, int at) {
        int end = text.indexOf("\n", at);
        return end < 0 ? text.length() : end + 1;
    }

    private static String line(StringBuilder text, int at) {
        return text.substring(lineStart(text, at), Math.max(lineStart(text, at), lineEnd(text, at)));
    }
}
