package io.k8sincident.activities.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.k8sincident.workflows.model.Action;
import io.k8sincident.workflows.model.Risk;
import io.k8sincident.workflows.model.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyTest {
    private static final String GOOD = """
        version: 1
        namespaces:
          allow: [demo, shop, kube-system]
          deny:
            - shop
        actions:
          Deployment:
            - RestartRollout
            - SetImage
        highestRisk: MEDIUM
        decisions:
          requireProof: false
          separateDuties: true
        """;

    @Test
    void allowsWhatItNamesAndSaysByWhichLine() {
        PolicyVerdict verdict = Policy.parse("policy.yaml", GOOD).allows(List.of(restart("demo")), Risk.MEDIUM);

        assertThat(verdict.allowed()).isTrue();
        assertThat(verdict.place()).isEqualTo("policy.yaml:3");
    }

    @ParameterizedTest
    @CsvSource({
        "other, LOW, policy.yaml:3, not among those allowed",
        "shop, LOW, policy.yaml:5, is denied",
        "demo, HIGH, policy.yaml:10, above the highest allowed",
        "kube-system, LOW, hard limit, never touched"
    })
    void deniesWithTheLineThatDecides(String namespace, Risk risk, String place, String reason) {
        PolicyVerdict verdict = Policy.parse("policy.yaml", GOOD).allows(List.of(restart(namespace)), risk);

        assertThat(verdict.allowed()).isFalse();
        assertThat(verdict.place()).isEqualTo(place);
        assertThat(verdict.reason()).contains(reason);
    }

    @Test
    void deniesAnActionThatIsNotNamed() {
        Action action = new Action.SetCommand(Target.deployment("demo", "app"), "app", List.of("x"));

        PolicyVerdict verdict = Policy.parse("policy.yaml", GOOD).allows(List.of(action), Risk.LOW);

        assertThat(verdict.describe()).isEqualTo("policy.yaml:8: SetCommand on a Deployment is not allowed");
    }

    @Test
    void deniesAPlanOfWhichOneActionIsNotAllowed() {
        Action forbidden = new Action.SetCommand(Target.deployment("demo", "app"), "app", List.of("x"));

        PolicyVerdict verdict = Policy.parse("policy.yaml", GOOD).allows(List.of(restart("demo"), forbidden), Risk.LOW);

        assertThat(verdict.allowed()).isFalse();
    }

    @Test
    void deniesAPlanWithoutActions() {
        assertThat(Policy.parse("policy.yaml", GOOD).allows(List.of(), Risk.LOW).allowed())
                .isFalse();
    }

    @Test
    void deniesKindsThatAreNoWorkloads() {
        Action action = new Action.RestartRollout(new Target("v1", "Secret", "demo", "s", null), Instant.EPOCH);

        assertThat(Policy.parse("policy.yaml", GOOD)
                        .allows(List.of(action), Risk.LOW)
                        .place())
                .isEqualTo("hard limit");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "highestRisk: MEDIUM | hihgestRisk: LOW | policy.yaml:10: unknown key 'hihgestRisk'",
                "highestRisk: MEDIUM | version: 1 | policy.yaml:10: duplicate key 'version'",
                "highestRisk: MEDIUM | highestRisk: LOWEST | policy.yaml:10: highestRisk is 'LOWEST'",
                "highestRisk: MEDIUM | highestRisk: | policy.yaml:10: highestRisk must be text",
                "highestRisk: MEDIUM | highestRisk: [LOW] | policy.yaml:10: highestRisk must be text",
                "version: 1 | version: 2 | policy.yaml:1: version is 2",
                "version: 1 | version: one | policy.yaml:1: version must be a whole number",
                "version: 1 | {} | policy.yaml:",
                "allow: [demo, shop, kube-system] | allow: [] | policy.yaml:3: namespaces.allow is an empty list",
                "allow: [demo, shop, kube-system] | allow: demo | policy.yaml:3: namespaces.allow must be a list",
                "allow: [demo, shop, kube-system] | allow: ['*'] | policy.yaml:3: namespaces.allow[0] is '*'",
                "allow: [demo, shop, kube-system] | allow: [demo, demo] | policy.yaml:3: namespaces.allow[1] names 'demo'",
                "allow: [demo, shop, kube-system] | allow: [true] | policy.yaml:3: namespaces.allow[0] must be text",
                "Deployment: | Secret: | policy.yaml:7: unknown key 'Secret'",
                "- SetImage | - Delete | policy.yaml:9: actions.Deployment[1] is 'Delete'",
                "- SetImage | - RestartRollout | policy.yaml:9: actions.Deployment[1] names an action again",
                "requireProof: false | requireProof: maybe | policy.yaml:12: decisions.requireProof must be true or false",
                "requireProof: false | required: false | policy.yaml:12: unknown key 'required'",
                "- shop | &a [*a] | Number of aliases",
            })
    void namesTheLineOfAMistake(String line, String instead, String message) {
        String bad = GOOD.replace(line, instead == null ? "" : instead);

        assertThatThrownBy(() -> Policy.parse("policy.yaml", bad))
                .isInstanceOf(PolicyException.class)
                .hasMessageContaining(message);
    }

    @Test
    void demandsProofsAndSeparateDutiesWhereItSaysNothing() {
        String silent = GOOD.substring(0, GOOD.indexOf("decisions:"));

        Policy policy = Policy.parse("policy.yaml", silent);

        assertThat(policy.requireProof()).isEqualTo(new Policy.Limit<>(true, "policy.yaml:1"));
        assertThat(policy.separateDuties().value()).isTrue();
        assertThat(Policy.parse("policy.yaml", silent + "decisions:\n  separateDuties: false\n")
                        .requireProof()
                        .value())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"''", "'# only a comment'", "'[1, 2]'", "'a: b: c'", "'---\n---\n'", "'\t'", "'x: &a [*b]'"})
    void refusesWhatIsNoPolicyAtAll(String text) {
        assertThatThrownBy(() -> Policy.parse("policy.yaml", text))
                .isInstanceOf(PolicyException.class)
                .hasMessageContaining("policy.yaml:");
    }

    @Test
    void survivesDeepNesting() {
        assertThatThrownBy(() -> Policy.parse("policy.yaml", "[".repeat(100_000)))
                .isInstanceOf(PolicyException.class);
    }

    @Test
    void namesTheHostsToWhichEvidenceMayBeSent() {
        Policy policy = Policy.parse("policy.yaml", GOOD + "\nadvice: {hosts: [llm.example.com, '[fd00::7]']}\n");

        assertThat(policy.adviceHosts()).containsOnlyKeys("llm.example.com", "[fd00::7]");
        assertThat(policy.adviceHosts().get("llm.example.com")).startsWith("policy.yaml:");
        assertThat(PolicyFile.shipped().adviceHosts()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "advice: {}",
                "advice: {hosts: []}",
                "advice: {hosts: llm.example.com}",
                "advice: {hosts: ['*']}",
                "advice: {hosts: ['*.example.com']}",
                "advice: {hosts: ['http://llm.example.com']}",
                "advice: {hosts: ['llm.example.com:11434']}",
                "advice: {hosts: [LLM.example.com]}",
                "advice: {hosts: [a.example, a.example]}",
                "advice: {models: [a]}"
            })
    void refusesAdviceFromAnywhereThatIsNotOneHost(String part) {
        assertThatThrownBy(() -> Policy.parse("policy.yaml", GOOD + "\n" + part + "\n"))
                .isInstanceOf(PolicyException.class)
                .hasMessageContaining("policy.yaml:");
    }

    @Test
    void readsItsFileAnewEachTime(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("mine.yaml");
        Files.writeString(file, GOOD);
        PolicyFile policies = new PolicyFile(file);
        Policy before = policies.get();

        Files.writeString(file, GOOD.replace("MEDIUM", "LOW"));

        assertThat(policies.get().highestRisk().value()).isEqualTo(Risk.LOW);
        assertThat(policies.get().digest()).isNotEqualTo(before.digest());
    }

    @Test
    void refusesAFileThatIsNotUtf8(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("mine.yaml");
        Files.write(file, "version: \u00e9".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> new PolicyFile(file).get()).hasMessageContaining("mine.yaml:1: is not UTF-8");
    }

    @Test
    void refusesAFileThatIsNotThere(@TempDir Path directory) {
        assertThatThrownBy(() -> new PolicyFile(directory.resolve("none.yaml")).get())
                .isInstanceOf(PolicyException.class)
                .hasMessageContaining("none.yaml");
    }

    @Test
    void shipsAPolicyForThePracticeNamespaceOnly() {
        Policy shipped = PolicyFile.shipped();

        assertThat(shipped.allowed()).containsOnlyKeys("demo");
        assertThat(shipped.highestRisk().value()).isEqualTo(Risk.MEDIUM);
        assertThat(shipped.requireProof().value()).isFalse();
    }

    private static Action restart(String namespace) {
        return new Action.RestartRollout(Target.deployment(namespace, "app"), Instant.EPOCH);
    }
}
