package io.k8sincident.workflows.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.workflows.model.DecisionTerms;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that the Web UI shows, run in a real shell with the real ssh-keygen. */
class SignedDecisionTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void printsADecisionWithAProofOfItsOtherFieldsAndTheClustersUid() throws IOException, InterruptedException {
        assumeTrue(shell("command -v ssh-keygen", "").code == 0, "ssh-keygen is not installed");
        shell("ssh-keygen -q -t ed25519 -N '' -f id", "");
        String commands = SignedDecision.commands(
                        IncidentViewTest.waiting(Incidents.rollBack(Incidents.DIGEST)),
                        Incidents.DIGEST,
                        new DecisionTerms(true, 1, "uid-1"))
                .orElseThrow()
                .replace("YOUR-NAME", "alice@example.com")
                .replace("~/.ssh/id_ed25519", "id");

        Result printed = shell(commands, "");

        ObjectNode decision = (ObjectNode) new ObjectMapper().readTree(printed.out);
        assertThat(decision.path("approver").asText()).isEqualTo("alice@example.com");
        assertThat(decision.path("decisionId").asText()).hasSize(32);
        assertThat(decision.path("expiresAt").asText())
                .isEqualTo(Incidents.T0.plusSeconds(1800).toString());
        String proof = decision.remove("proof").asText();
        assertThat(verified(canonical(decision.put("clusterUid", "uid-1")), proof))
                .isTrue();
        assertThat(verified(canonical(decision.put("clusterUid", "uid-2")), proof))
                .isFalse();
    }

    /** All values are plain text or a small number, so sorting the fields makes it canonical. */
    private static String canonical(ObjectNode decision) throws IOException {
        Map<String, JsonNode> sorted = new TreeMap<>();
        decision.properties().forEach(field -> sorted.put(field.getKey(), field.getValue()));
        return new ObjectMapper().writeValueAsString(sorted);
    }

    private boolean verified(String statement, String proof) throws IOException, InterruptedException {
        Files.writeString(folder.resolve("proof"), proof);
        shell("echo \"alice@example.com $(cat id.pub)\" > signers", "");
        String verify = "ssh-keygen -Y verify -n decision@k8sincident.io -I alice@example.com -f signers -s proof";
        return shell(verify, statement).code == 0;
    }

    private record Result(int code, String out) {}

    private Result shell(String commands, String input) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sh", "-euc", commands)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), out);
    }
}
