package io.k8sincident.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.cli.CommandRun;
import io.k8sincident.cli.CommandRun.Result;
import io.k8sincident.cli.NoServers;
import io.k8sincident.cli.ScriptedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
    private final CommandRun incident = new CommandRun(new NoServers());

    @TempDir
    Path folder;

    @Test
    void endsWithOneAndTheFixOfWhatIsBroken() {
        Result result = incident.in(folder).run("doctor");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out())
                .contains(
                        "broken   temporal",
                        "fix: incident up",
                        "broken   cluster",
                        "ok       policy",
                        "ok       records");
    }

    @Test
    void namesTheLineOfABrokenPolicy() throws IOException {
        Files.writeString(folder.resolve("policy.yaml"), "version: 1\nnonsense: true\n");

        Result result =
                incident.in(folder).with("INCIDENT_POLICY", "policy.yaml").run("doctor");

        assertThat(result.out()).contains("broken   policy", "policy.yaml:2", "nonsense");
    }

    @Test
    void saysWhetherTheModelIsThereAndBreaksNothingForIt() throws IOException {
        try (ScriptedModel model = new ScriptedModel()) {
            CommandRun configured = incident.in(folder).with("INCIDENT_LLM_URL", model.url());

            assertThat(configured
                            .with("INCIDENT_LLM_MODEL", ScriptedModel.NAME)
                            .run("doctor")
                            .out())
                    .contains("ok       model (only for --llm)", ScriptedModel.NAME + " is ready");
            assertThat(configured
                            .with("INCIDENT_LLM_MODEL", "qwen2.5:7b")
                            .run("doctor")
                            .out())
                    .contains("warning  model (only for --llm)", "fix: ollama pull qwen2.5:7b");
            assertThat(configured
                            .with("INCIDENT_LLM_URL", "http://llm.example.com")
                            .run("doctor")
                            .out())
                    .contains("warning  model (only for --llm)", "the policy does not allow its host");
        }
    }

    @Test
    void leavesNothingBehind() throws IOException {
        incident.in(folder).run("doctor");

        try (var files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void reportsAsJson() {
        assertThat(incident.in(folder).run("doctor", "-o", "json").out())
                .contains("\"kind\" : \"DoctorReport\"", "\"state\" : \"BROKEN\"");
    }
}
