package io.k8sincident.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.k8sincident.cli.CommandRun;
import io.k8sincident.cli.CommandRun.Result;
import io.k8sincident.cli.NoServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asking a policy what it would say, without any server. */
class PolicyTest {
    private static final String POLICY = """
        version: 1
        namespaces: {allow: [shop]}
        actions: {Deployment: [RollBack, SetImage]}
        highestRisk: MEDIUM
        decisions:
          requireProof: true
          separateDuties: true
          quorum: {MEDIUM: 2}
        freeze:
          - {name: holidays, timeZone: Europe/Berlin, from: 2026-12-20, to: 2027-01-01}
        optOut: [example.com/hands-off]
        limits: {actionsPerHour: 5}
        deny:
          - name: foreign images
            when: plan.actions.exists(a, a.type == 'SetImage' && !a.image.startsWith('registry.example.com/'))
        """;

    @TempDir
    Path folder;

    private CommandRun incident = new CommandRun(new NoServers());

    @BeforeEach
    void writePolicy() throws IOException {
        Files.writeString(folder.resolve("mine.yaml"), POLICY);
        incident = new CommandRun(new NoServers()).in(folder);
    }

    @Test
    void saysThatAPolicyCanBeUsed() {
        Result result = incident.run("policy", "check", "mine.yaml");

        assertThat(result.code()).isZero();
        assertThat(result.out()).startsWith("mine.yaml can be used, digest sha256:");
    }

    @Test
    void saysWhereAModelMayBeAsked() throws IOException {
        Files.writeString(folder.resolve("mine.yaml"), POLICY + "\nadvice:\n  hosts: [llm.example.com]\n");

        assertThat(incident.run("policy", "check", "mine.yaml").out())
                .contains("a model may be asked on llm.example.com, with redacted evidence (mine.yaml:");
    }

    @Test
    void checksTheDefaultPolicyIfThereIsNoOther() {
        assertThat(incident.run("policy", "check").out()).startsWith("default.yaml can be used");
        assertThat(incident.with("INCIDENT_POLICY", "mine.yaml")
                        .run("policy", "check")
                        .out())
                .startsWith("mine.yaml can be used");
        assertThat(incident.run("policy", "show").out()).contains("- RestartRollout");
    }

    @Test
    void namesTheLineOfAMistake() throws IOException {
        Files.writeString(folder.resolve("mine.yaml"), POLICY.replace("highestRisk", "hihgestRisk"));

        Result result = incident.run("policy", "check", "mine.yaml");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("mine.yaml:4: unknown key 'hihgestRisk'", "nothing was changed");
    }

    @Test
    void explainsWhatItWouldDecideLineByLine() {
        Result result = incident.run(
                "policy", "check", "mine.yaml", "-n", "shop", "--action", "SetImage", "--at", "2026-11-28T12:00:00Z");

        assertThat(result.code()).isZero();
        assertThat(result.out()).isEqualTo("""
                SAYS    LINE           WHY
                allow   mine.yaml:2    namespace shop is allowed
                allow   mine.yaml:3    SetImage on a Deployment is allowed
                allow   mine.yaml:4    risk MEDIUM is not above the highest allowed, MEDIUM
                allow   mine.yaml:14   rule 'foreign images' does not deny it

                SetImage may be approved by mine.yaml:2: namespace shop is allowed
                it needs 2 approvers (mine.yaml:8)
                not asked here: mine.yaml:12: how many actions there were within the hour
                """);
    }

    @Test
    void saysWhatIsDeniedAndExitsWith4() {
        Result frozen = incident.run(
                "policy",
                "check",
                "mine.yaml",
                "-n",
                "shop",
                "--action",
                "SetImage",
                "--at",
                "2026-12-31T23:30:00+01:00");

        assertThat(frozen.code()).isEqualTo(4);
        assertThat(frozen.out())
                .contains("SetImage is denied by mine.yaml:10: freeze 'holidays' holds until"
                        + " 2027-01-02T00:00+01:00 (Europe/Berlin)");
        assertThat(incident.run("policy", "check", "mine.yaml", "-n", "demo", "--at", "2026-11-28T12:00:00Z")
                        .out())
                .contains("RollBack is denied by mine.yaml:2: namespace demo is not among those allowed");
    }

    @Test
    void asksRulesAndOptOutsAboutAnObject() throws IOException {
        Files.writeString(
                folder.resolve("app.json"),
                "{\"kind\":\"Deployment\",\"metadata\":{\"name\":\"app\",\"annotations\":{\"example.com/hands-off\":\"\"}}}");

        Result result = incident.run(
                "policy",
                "check",
                "mine.yaml",
                "-n",
                "shop",
                "--action",
                "SetImage",
                "--image",
                "evil.io/x",
                "--object",
                "app.json",
                "--at",
                "2026-11-28T12:00:00Z",
                "-o",
                "json");

        JsonNode answer = new ObjectMapper().readTree(result.out());
        assertThat(result.code()).isEqualTo(4);
        assertThat(answer.at("/actions/0/verdict/place").asText()).isEqualTo("mine.yaml:11");
        assertThat(answer.at("/actions/0/lines").findValuesAsText("reason"))
                .contains(
                        "shop/deployment/app has the annotation example.com/hands-off",
                        "rule 'foreign images' denies it");
    }

    /** What is left out of the image of an object, no rule sees: not here and not in an incident. */
    @Test
    void asksRulesAboutAsMuchOfAnObjectAsAnIncidentDoes() throws IOException {
        Files.writeString(
                folder.resolve("mine.yaml"),
                POLICY.replace(
                        "plan.actions.exists(a, a.type == 'SetImage' && !a.image.startsWith('registry.example.com/'))",
                        "\"'deployment.kubernetes.io/revision' in target.annotations\""));
        Files.writeString(
                folder.resolve("app.json"),
                "{\"kind\":\"Deployment\",\"metadata\":{\"name\":\"app\",\"annotations\":{\"a\":\"\","
                        + "\"deployment.kubernetes.io/revision\":\"3\"}}}");

        Result result = incident.run(
                "policy",
                "check",
                "mine.yaml",
                "-n",
                "shop",
                "--action",
                "RollBack",
                "--object",
                "app.json",
                "--at",
                "2026-11-28T12:00:00Z");

        assertThat(result.code()).as(result.out() + result.err()).isZero();
        assertThat(result.out()).contains("rule 'foreign images' does not deny it");
    }

    @Test
    void saysWhatItDoesNotUnderstand() {
        assertThat(incident.run("policy", "check", "mine.yaml", "-n", "shop", "--action", "Delete")
                        .err())
                .contains("there is no action 'Delete'");
        assertThat(incident.run("policy", "check", "mine.yaml", "-n", "shop", "--at", "noon")
                        .err())
                .contains("'noon' is not a time");
        assertThat(incident.run("policy", "check", "mine.yaml", "--at", "2026-11-28T12:00:00Z")
                        .code())
                .isEqualTo(2);
        assertThat(incident.run("policy", "check", "none.yaml").err()).contains("none.yaml", "cannot be read");
        assertThat(incident.run("policy").code()).isEqualTo(2);
    }
}
