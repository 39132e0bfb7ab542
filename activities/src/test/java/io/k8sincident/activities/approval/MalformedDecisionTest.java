package io.k8sincident.activities.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.audit.ChainedEntry;
import io.k8sincident.activities.testing.Crashy;
import io.k8sincident.activities.testing.FaultRow;
import io.k8sincident.activities.testing.FaultyApi;
import io.k8sincident.activities.testing.Remedy;
import io.k8sincident.workflows.model.Ruling;
import io.k8sincident.workflows.model.Ruling.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@FaultRow("malformed decision")
class MalformedDecisionTest {
    private final FaultyApi api = new FaultyApi(Crashy.store());
    private final Remedy remedy = new Remedy(api.config());

    MalformedDecisionTest() throws IOException {}

    @AfterEach
    void close() {
        remedy.close();
        api.close();
    }

    static Stream<Arguments> malformed() {
        String good = "\"planDigest\":\"d\",\"verdict\":\"APPROVE\"";
        return Stream.of(
                Arguments.of("", "no JSON object"),
                Arguments.of("null", "no JSON object"),
                Arguments.of("[]", "no JSON object"),
                Arguments.of("\"APPROVE\"", "no JSON object"),
                Arguments.of("{", "no strict JSON"),
                Arguments.of("{" + good + "} {}", "no strict JSON"),
                Arguments.of("{" + good + ",\"verdict\":\"REJECT\"}", "Duplicate field 'verdict'"),
                Arguments.of("{" + good + ",\"planDigset\":\"d\"}", "unknown field 'planDigset'"),
                Arguments.of("{" + good + ",\"version\":2}", "field 'version' is 2"),
                Arguments.of("{" + good + ",\"version\":\"1\"}", "field 'version'"),
                Arguments.of("{" + good + ",\"approver\":7}", "field 'approver' must be text"),
                Arguments.of("{" + good + ",\"expiresAt\":\"tomorrow\"}", "field 'expiresAt'"),
                Arguments.of("{" + good + ",\"decisionId\":\"\\u202e\"}", "field 'decisionId'"),
                Arguments.of("{" + good + ",\"reason\":\"" + "x".repeat(3_000) + "\"}", "field 'reason' is longer"),
                Arguments.of("{\"planDigest\":\"d\"}", "field 'verdict' is missing"),
                Arguments.of("{\"verdict\":\"APPROVE\"}", "field 'planDigest' is missing"),
                Arguments.of("{\"planDigest\":\"d\",\"verdict\":\"approve\"}", "must be APPROVE or REJECT"),
                Arguments.of("{\"planDigest\":null,\"verdict\":\"APPROVE\"}", "field 'planDigest' is missing"),
                Arguments.of("{\"a\":".repeat(50) + "1" + "}".repeat(50), "no strict JSON"),
                Arguments.of("{" + good + ",\"reason\":\"" + "x".repeat(1_000_000) + "\"}", "bytes long"));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void namesWhatIsWrong(String json, String message) {
        Ruling ruling = remedy.ruling.rule(remedy.rulingRequest(json, "d"));

        assertThat(ruling.reason()).isEqualTo(Reason.MALFORMED);
        assertThat(ruling.message()).contains(message, "Nothing was changed", "Next:");
        assertThat(ruling.verdict()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"é", "漢", "😀", "x😀"})
    void keepsNoMoreOfWhatTakesMoreThanAByte(String character) {
        remedy.ruling.rule(remedy.rulingRequest(character.repeat(2_000), "d"));

        String kept = remedy.trail.entries().get(0).detail("malformed");
        assertThat(kept.getBytes(StandardCharsets.UTF_8).length).isBetween(3_990, 4_096);
        assertThat(kept.replace(character, "")).isIn("", "x");
    }

    @Test
    void keepsAtMostFourKibibytesOfItAndTheDigestOfAll() {
        String json = "x".repeat(50_000);

        Ruling ruling = remedy.ruling.rule(remedy.rulingRequest(json, "d"));

        ChainedEntry received = remedy.trail.entries().get(0);
        assertThat(received.detail("malformed")).hasSize(4_096);
        assertThat(received.detail("decisionDigest")).isEqualTo(ruling.decisionDigest());
        assertThat(received.detail("bytes")).isEqualTo("50000");
    }

    @Test
    void survivesWhateverIsSignalled() {
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            String json = garbage(random);

            Ruling ruling = remedy.ruling.rule(remedy.rulingRequest(json, "d"));

            assertThat(ruling.accepted()).as(json).isFalse();
        }
    }

    private static String garbage(Random random) {
        String alphabet = "{}[]\":,\\u0dtruefalsnl1eE+-. \u0000\ud800\u202e\uffff";
        StringBuilder text = new StringBuilder(random.nextBoolean() ? "{\"planDigest\":\"d\",\"verdict\":" : "");
        for (int i = random.nextInt(60); i > 0; i--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
