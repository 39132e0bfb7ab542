package io.k8sincident.activities.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.k8sincident.workflows.model.Risk;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecisionsTest {
    private static final String START = """
        version: 1
        namespaces: {allow: [demo]}
        actions: {Deployment: [RollBack]}
        highestRisk: HIGH
        decisions:
          requireProof: true
          separateDuties: true
        """;

    @Test
    void readsWhoMayDecideAndHowManyMust() {
        Decisions decisions = read("""
              quorum: {MEDIUM: 2}
              users:
                alice: alice@example.com
                bob: system:serviceaccount:ops:bob
              allowedSigners: keys/allowed_signers
            """);

        assertThat(decisions.quorumFor(Risk.LOW).value()).isEqualTo(1);
        assertThat(decisions.quorumFor(Risk.MEDIUM)).isEqualTo(new Policy.Limit<>(2, "policy.yaml:8"));
        assertThat(decisions.quorumFor(Risk.HIGH).value()).isEqualTo(2);
        assertThat(decisions.userOf("alice")).contains(new Policy.Limit<>("alice@example.com", "policy.yaml:10"));
        assertThat(decisions.userOf("Alice")).isEmpty();
        assertThat(decisions.allowedSigners())
                .contains(new Policy.Limit<>(Path.of("/etc/incident/keys/allowed_signers"), "policy.yaml:12"));
    }

    @Test
    void needsOneForLowAndMediumAndTwoForHighUnlessItSaysOtherwise() {
        Decisions decisions = read("");

        assertThat(decisions.quorumFor(Risk.LOW).value()).isEqualTo(1);
        assertThat(decisions.quorumFor(Risk.MEDIUM).value()).isEqualTo(1);
        assertThat(decisions.quorumFor(Risk.HIGH)).isEqualTo(new Policy.Limit<>(2, "policy.yaml:6"));
        assertThat(decisions.users()).isEmpty();
        assertThat(decisions.allowedSigners()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "quorum: {}                       | policy.yaml:8: decisions.quorum is empty",
                "quorum: {SOME: 1}                | policy.yaml:8: unknown key 'SOME'",
                "quorum: {LOW: 0}                 | policy.yaml:8: decisions.quorum.LOW is 0; it must lie between 1",
                "quorum: {LOW: -1}                | policy.yaml:8: decisions.quorum.LOW is -1",
                "quorum: {LOW: '1'}               | policy.yaml:8: decisions.quorum.LOW must be a whole number",
                "users: {}                        | policy.yaml:8: decisions.users is empty",
                "users: [alice]                   | policy.yaml:8: decisions.users must be a mapping",
                "users: {alice: ''}               | policy.yaml:8: decisions.users.alice must be the name of a cluster",
                "users: {alice: 7}                | policy.yaml:8: decisions.users.alice must be text",
                "users: {' a': b}                 | policy.yaml:8: decisions.users. a has a name that is blank, padded",
                "users: {alice: a, Alice: b}      | policy.yaml:8: decisions.users.Alice has a name",
                "users: {alice: a, alice: b}      | policy.yaml:8: duplicate key 'alice'",
                "users: {alice: a, bob: a}        | policy.yaml:8: decisions.users.bob is 'a', which another name has",
                "allowedSigners: ''               | policy.yaml:8: decisions.allowedSigners is blank",
                "allowedSigners: [a]              | policy.yaml:8: decisions.allowedSigners must be text",
                "allowedSigners: \"a\\0b\"        | policy.yaml:8: decisions.allowedSigners is no path",
            })
    void namesTheLineOfAMistake(String line, String message) {
        assertThatThrownBy(() -> read("  " + line + "\n"))
                .isInstanceOf(PolicyException.class)
                .hasMessageContaining(message);
    }

    private static Decisions read(String more) {
        return Policy.parse("policy.yaml", START + more, Path.of("/etc/incident"))
                .decisions();
    }
}
