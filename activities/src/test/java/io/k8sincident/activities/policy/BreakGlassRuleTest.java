package io.k8sincident.activities.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.k8sincident.workflows.model.Lift;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BreakGlassRuleTest {
    @Test
    void readsWhoMayLiftWhat() {
        Policy policy = Policies.with("breakGlass:\n  people: [ann, ben]\n  lifts: [separateDuties, freeze]");
        BreakGlassRule rule = policy.breakGlass().orElseThrow();

        assertThat(rule.people()).containsEntry("ann", "policy.yaml:9").containsOnlyKeys("ann", "ben");
        assertThat(rule.lifts()).containsOnlyKeys(Lift.FREEZE, Lift.SEPARATE_DUTIES);
        assertThat(rule.names("ann")).isTrue();
        assertThat(rule.names("Ann")).isFalse();
        assertThat(policy.lifts(Lift.FREEZE)).isTrue();
        assertThat(policy.lifts(Lift.BREAKER)).isFalse();
    }

    @Test
    void isNotThereUnlessItIsWritten() {
        Policy policy = Policies.with("");

        assertThat(policy.breakGlass()).isEmpty();
        assertThat(Lift.values()).noneMatch(policy::lifts);
        assertThat(PolicyFile.shipped().breakGlass()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                         | policy.yaml:8: breakGlass is empty",
                "true                                       | policy.yaml:8: breakGlass must be a mapping",
                "{people: [ann]}                            | policy.yaml:8: breakGlass lacks the key 'lifts'",
                "{lifts: [freeze]}                          | policy.yaml:8: breakGlass lacks the key 'people'",
                "{people: [], lifts: [freeze]}              | policy.yaml:8: breakGlass.people is an empty list",
                "{people: [ann], lifts: []}                 | policy.yaml:8: breakGlass.lifts is an empty list",
                "{people: [ann, ann], lifts: [freeze]}      | policy.yaml:8: breakGlass.people[1] names 'ann' again",
                "{people: [' ann'], lifts: [freeze]}        | policy.yaml:8: breakGlass.people[0] must be a name",
                "{people: [7], lifts: [freeze]}             | policy.yaml:8: breakGlass.people[0] must be text",
                "{people: [ann], lifts: [FREEZE]}           | policy.yaml:8: breakGlass.lifts[0] is 'FREEZE'; it must be one of [freeze, breaker, quorum, separateDuties, limits]",
                "{people: [ann], lifts: [deny]}             | policy.yaml:8: breakGlass.lifts[0] is 'deny'",
                "{people: [ann], lifts: [optOut]}           | policy.yaml:8: breakGlass.lifts[0] is 'optOut'",
                "{people: [ann], lifts: [freeze, freeze]}   | policy.yaml:8: breakGlass.lifts[1] names 'freeze' again",
                "{people: [ann], lifts: [freeze], why: x}   | policy.yaml:8: unknown key 'why'",
            })
    void namesTheLineOfAMistake(String part, String message) {
        assertThatThrownBy(() -> Policies.with("breakGlass: " + part))
                .isInstanceOf(PolicyException.class)
                .hasMessageContaining(message);
    }

    @Test
    void needsSignatures() {
        String unsigned = Policies.BASE.replace("requireProof: true", "requireProof: false")
                + "breakGlass: {people: [ann], lifts: [freeze]}\n";

        assertThatThrownBy(() -> Policy.parse("policy.yaml", unsigned))
                .isInstanceOf(PolicyException.class)
                .hasMessageContaining("policy.yaml:8: breakGlass needs signatures, and policy.yaml:6 demands none");
    }
}
