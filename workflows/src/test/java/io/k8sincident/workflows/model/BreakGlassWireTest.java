package io.k8sincident.workflows.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.k8sincident.workflows.model.BreakGlass.Lifted;
import io.k8sincident.workflows.workflow.WireFormat;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What does not break the glass looks on the wire as it did before there was any. */
class BreakGlassWireTest {
    private static final Instant T0 = Instant.parse("2026-11-24T12:00:00Z");
    private static final String RULING = "{\"decisionId\":\"d\",\"verdict\":\"APPROVE\",\"approver\":{\"name\":\"bob\","
            + "\"verified\":false},\"reason\":\"ACCEPTED\",\"message\":\"by bob\",\"decisionDigest\":\"sha256:1\","
            + "\"at\":\"2026-11-24T12:00:00Z\"}";
    private final ObjectMapper json = WireFormat.mapper();

    @Test
    void leavesANormalRulingAsItWas() throws JsonProcessingException {
        Ruling normal = new Ruling(
                "d", Verdict.APPROVE, Person.unverified("bob"), Ruling.Reason.ACCEPTED, "by bob", "sha256:1", T0);

        assertThat(json.readTree(json.writeValueAsString(normal))).isEqualTo(json.readTree(RULING));
        assertThat(json.readValue(RULING, Ruling.class)).isEqualTo(normal);
    }

    @Test
    void leavesNormalTermsAndDecisionsAsTheyWere() throws JsonProcessingException {
        Decision decision =
                new Decision(1, "d", null, null, null, "sha256:2", Verdict.APPROVE, null, null, null, null, null);

        assertThat(json.writeValueAsString(new DecisionTerms(true, 1, null)))
                .isEqualTo("{\"proofRequired\":true,\"approvers\":1}");
        assertThat(json.writeValueAsString(decision))
                .isEqualTo("{\"version\":1,\"decisionId\":\"d\",\"planDigest\":\"sha256:2\",\"verdict\":\"APPROVE\"}");
    }

    @Test
    void carriesWhatWasLifted() throws JsonProcessingException {
        Ruling broken = new Ruling(
                "d",
                Verdict.APPROVE,
                Person.verified("ann", "SHA256:x"),
                Ruling.Reason.ACCEPTED,
                "by ann",
                "sha256:1",
                T0,
                new BreakGlass(
                        "checkout is down",
                        List.of("ann"),
                        List.of(new Lifted(Lift.SEPARATE_DUTIES, "policy.yaml:7", "the approver is the requester"))));

        String text = json.writeValueAsString(broken);

        assertThat(text).contains("\"what\":\"separateDuties\"");
        assertThat(json.readValue(text, Ruling.class)).isEqualTo(broken);
    }

    @Test
    void isNothingWhereNothingWasLifted() {
        assertThatThrownBy(() -> new BreakGlass("why", List.of("ann"), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
