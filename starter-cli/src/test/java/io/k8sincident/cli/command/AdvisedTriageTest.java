package io.k8sincident.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.cli.CommandRun;
import io.k8sincident.cli.CommandRun.Result;
import io.k8sincident.cli.Main;
import io.k8sincident.cli.NoServers;
import io.k8sincident.cli.ScriptedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Triage of a recording with a model beside: the report of the rules stays as it is, whatever the model does. */
class AdvisedTriageTest {
    private static final String BROKEN =
            Path.of("src/test/resources/recordings/broken").toAbsolutePath().toString();
    private static final String HEALTHY =
            Path.of("src/test/resources/recordings/healthy").toAbsolutePath().toString();
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    Path folder;

    private final ScriptedModel model;
    private CommandRun incident = new CommandRun(new NoServers());

    AdvisedTriageTest() throws IOException {
        model = new ScriptedModel();
    }

    @BeforeEach
    void configure() {
        incident = new CommandRun(new NoServers())
                .in(folder)
                .with("INCIDENT_LLM_URL", model.url())
                .with("INCIDENT_LLM_MODEL", ScriptedModel.NAME);
    }

    @AfterEach
    void stop() {
        model.close();
    }

    @Test
    void showsWhatTheModelSaysAfterTheReportAndApart() throws IOException {
        String quote = firstWords();
        model.says("oom-limit", "E1", quote, "The image name is not valid.");

        Result with = incident.run("triage", "--from", BROKEN, "--llm");
        Result without = incident.run("triage", "--from", BROKEN);

        assertThat(with.code()).isEqualTo(without.code()).isEqualTo(3);
        assertThat(with.out()).startsWith(without.out());
        assertThat(with.out().substring(without.out().length()))
                .contains("The model's view (decides nothing, is no part of the plan or its digest)")
                .contains("the model disagrees with the rules: it names oom-limit, they name invalid-image-name;"
                        + " the rules decide")
                .contains("The image name is not valid. [E1] “" + quote)
                .contains("1 kept, 1 dropped (1 quote not found)")
                .contains("model " + ScriptedModel.NAME, "42 written", "prompt ");
        assertThat(with.err()).doesNotContain("\r");
    }

    @Test
    void keepsPromptAndAnswerForAudit() throws IOException {
        model.says("oom-limit", "E1", firstWords(), "The image name is not valid.");

        JsonNode advice = advice(incident.run("triage", "--from", BROKEN, "--llm", "-o", "json"));

        try (Stream<Path> blobs = Files.walk(folder.resolve("runs/blobs"))) {
            String names = blobs.map(Path::toString).toList().toString();
            for (String digest : List.of("promptDigest", "answerDigest")) {
                assertThat(names).contains(advice.path(digest).asText().substring("sha256:".length() + 4));
            }
        }
    }

    @Test
    void writesItIntoTheDocumentWithoutChangingTheRest() throws IOException {
        model.says("invalid-image-name", "E1", firstWords(), "The image name is not valid.");

        Result with = incident.run("triage", "--from", BROKEN, "--llm", "-o", "json");
        Result without = incident.run("triage", "--from", BROKEN, "-o", "json");

        JsonNode report = MAPPER.readTree(with.out());
        assertThat(advice(with).path("agreement").asText()).isEqualTo("AGREES");
        ((ObjectNode) report.at("/incidents/0")).remove("advice");
        assertThat(report).isEqualTo(MAPPER.readTree(without.out()));
        assertThat(incident.run("triage", "--from", BROKEN, "--llm", "-o", "yaml")
                        .out())
                .contains("advice:", "agreement: AGREES");
    }

    @Test
    void showsOnATerminalHowFarTheModelIs() throws IOException {
        model.says("oom-limit", "E1", firstWords(), "The image name is not valid.");

        Result result = incident.onTerminal("").run("triage", "--from", BROKEN, "--llm");

        assertThat(result.err()).contains("\r\u001b[K");
    }

    @Test
    void saysWhatToTypeWhereTheModelIsMissing() {
        Result result = incident.run("triage", "--from", BROKEN, "--llm", "--llm-model", "qwen2.5:7b");

        assertThat(result.code()).isEqualTo(3);
        assertThat(result.out()).contains("invalid-image-name").doesNotContain("model's view");
        assertThat(result.err()).contains("warning: no advice of a model: ", "ollama pull qwen2.5:7b");
        assertThat(model.requests()).containsExactly("/api/tags");
    }

    @Test
    void saysWhatToTypeWhereNoServerAnswers() throws IOException {
        Result result =
                incident.run("triage", "--from", BROKEN, "--llm", "--llm-url", "http://127.0.0.1:1", "-o", "json");

        assertThat(result.code()).isEqualTo(3);
        assertThat(result.err()).contains("warning: no advice of a model: ", "ollama serve");
        assertThat(advice(result).path("status").asText()).isEqualTo("UNAVAILABLE");
    }

    @Test
    void sendsNothingToAHostThatThePolicyDoesNotAllow() {
        Result result = incident.run("triage", "--from", BROKEN, "--llm", "--llm-url", "http://llm.invalid:11434");

        assertThat(result.code()).isEqualTo(3);
        assertThat(result.err()).contains("no advice of a model", "policy", "llm.invalid");
    }

    @Test
    void keepsTheReportWhenTheModelWritesNonsense() {
        model.writes("I am sure that it is fine.");

        Result result = incident.run("triage", "--from", BROKEN, "--llm");

        assertThat(result.code()).isEqualTo(3);
        assertThat(result.out()).contains("invalid-image-name");
        assertThat(result.err()).contains("warning: no advice of a model: the model's answer does not follow");
    }

    @Test
    void asksNobodyWhereNothingIsWrong() {
        Result result = incident.run("triage", "--from", HEALTHY, "--llm");

        assertThat(result.code()).isZero();
        assertThat(model.requests()).containsExactly("/api/tags");
    }

    @Test
    void asksAboutTheFirstIncidentsOfARunOnly() throws IOException {
        model.says("oom-limit", "E1", firstWords(), "The image name is not valid.");

        Result result =
                incident.run("triage", "--from", BROKEN, BROKEN, BROKEN, BROKEN, BROKEN, BROKEN, BROKEN, "--llm");

        assertThat(result.err()).containsOnlyOnce("first 5 incidents");
        assertThat(result.out().split("The model's view", -1)).hasSize(6);
    }

    @Test
    void refusesAModelThatNobodyAsks() {
        assertThat(incident.run("triage", "--from", BROKEN, "--llm-model", "m:1")
                        .code())
                .isEqualTo(2);
        assertThat(incident.run("triage", "--from", BROKEN, "--llm", "-o", "junit")
                        .code())
                .isEqualTo(2);
        assertThat(incident.with("INCIDENT_LLM_DEADLINE", "soon")
                        .run("triage", "--from", BROKEN, "--llm")
                        .code())
                .isEqualTo(2);
    }

    /** In a process of its own: nothing of it is loaded, connected to or written where nobody wished it. */
    @Test
    void costsNothingWhereNobodyWishesIt() throws Exception {
        Path log = folder.resolve("classes.log");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:auto",
                        "-Xlog:class+load:file=" + log,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "triage",
                        "--from",
                        BROKEN)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out.txt").toFile());
        builder.environment().put("INCIDENT_LLM_URL", model.url());
        builder.environment().put("INCIDENT_LLM_MODEL", ScriptedModel.NAME);

        int code = builder.start().waitFor();

        assertThat(code).as(Files.readString(folder.resolve("out.txt"))).isEqualTo(3);
        assertThat(Files.readAllLines(log))
                .anyMatch(line -> line.contains("io.k8sincident.cli.command.TriageCommand "))
                .noneMatch(line -> line.contains("io.k8sincident.activities.advice."))
                .noneMatch(line -> line.contains("io.k8sincident.cli.advice."));
        assertThat(model.requests()).isEmpty();
        assertThat(folder.resolve("runs")).doesNotExist();
    }

    private String firstWords() throws IOException {
        JsonNode report = MAPPER.readTree(
                incident.run("triage", "--from", BROKEN, "-o", "json").out());
        String summary = report.at("/incidents/0/evidence/0/summary").asText();
        return summary.substring(0, Math.min(30, summary.length())).strip();
    }

    private static JsonNode advice(Result result) throws IOException {
        return MAPPER.readTree(result.out()).at("/incidents/0/advice");
    }
}
