package io.k8sincident.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.approval.Statement;
import io.k8sincident.activities.approval.ssh.SshSignature;
import io.k8sincident.cli.CommandRun.Result;
import io.k8sincident.workflows.model.Decision;
import io.k8sincident.workflows.model.IncidentStatus;
import io.k8sincident.workflows.model.RequestProof;
import io.k8sincident.workflows.workflow.WireFormat;
import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Signs with the real ssh-keygen. */
class SigningTest extends StrictIncident {
    private static final String UID = "uid-of-kube-system";

    @Test
    void signsWhereThePlanAsksForIt() {
        open();
        incident.run("init", "--as", "bob@example.com");

        Result result = incident.run("approve", "crashy", "--digest", DIGEST);

        assertThat(result.err()).contains("accepted: APPROVE by bob@example.com");
        assertThat(result.code()).isZero();
    }

    @Test
    void saysHowToGetAKeyWhereOneIsMissing() {
        open();

        Result result = incident.run("approve", "crashy", "--digest", DIGEST);

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("you have no key set up", "nothing was changed", "incident init");
    }

    @Test
    void printsADecisionWithItsProof() throws IOException {
        open();
        incident.run("init", "--as", "bob");

        Result result = incident.run("approve", "crashy", "--digest", DIGEST, "--print", "--reason", "it's bad");

        Decision decision = WireFormat.mapper().readValue(result.out(), Decision.class);
        assertThat(SshSignature.parse(String.valueOf(decision.proof())).signs(Statement.of(unsigned(decision), UID)))
                .isTrue();
        assertThat(result.err())
                .contains("\"clusterUid\":\"" + UID + "\"", "ssh-keygen -Y sign -n decision@k8sincident.io -f ");
    }

    /** The commands for a machine that has the key, run there. */
    @Test
    void printsCommandsThatSignElsewhere() throws IOException, InterruptedException {
        open();
        Result printed = incident.run("approve", "crashy", "--digest", DIGEST, "--print", "--reason", "it's bad");
        assertThat(new ObjectMapper().readTree(printed.out()).has("proof")).isFalse();
        incident.run("init", "--as", "bob");
        String commands = printed.err()
                .lines()
                .filter(line -> line.startsWith("  proof=") || line.startsWith("  printf"))
                .reduce("", (all, line) -> all + line + "\n")
                .replace("~/.ssh/id_ed25519", home + "/.config/k8s-incident-agent/id_ed25519");

        Process shell = new ProcessBuilder("sh", "-euc", commands).start();
        String json = new String(shell.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).isZero();

        ObjectNode decision = (ObjectNode) new ObjectMapper().readTree(json);
        Decision read = WireFormat.mapper().treeToValue(decision, Decision.class);
        assertThat(SshSignature.parse(decision.path("proof").asText()).signs(Statement.of(unsigned(read), UID)))
                .isTrue();
    }

    @Test
    void signsNoPlanThatIsNotTheOneOfItsDigest() {
        temporal.open(io.k8sincident.workflows.model.Mode.REMEDIATE);
        incident.run("init", "--as", "bob");

        Result result = incident.run(
                "approve",
                "crashy",
                "--digest",
                "ab12cd34ef56",
                "--key",
                home + "/.config/k8s-incident-agent/id_ed25519");

        assertThat(result.code()).isEqualTo(4);
        assertThat(result.err()).contains("is not the one of its digest; nothing was signed");
    }

    @Test
    void signsARequestToRemediateOnceSomebodyIsSetUp() throws IOException {
        incident.run("init", "--as", "bob");

        incident.run("start", "deployment/crashy", "-n", "demo", "--mode", "remediate");

        JsonNode shown = new ObjectMapper()
                .readTree(incident.run("show", "crashy", "-o", "json").out());
        IncidentStatus status = WireFormat.mapper()
                .treeToValue(shown.has("request") ? shown : shown.path("status"), IncidentStatus.class);
        RequestProof proof = Objects.requireNonNull(status.request().proof());
        assertThat(status.request().requester().name()).isEqualTo("bob");
        assertThat(SshSignature.parse(proof.signature())
                        .signs(Statement.of(status.request(), proof.requestId(), proof.signedAt(), UID)))
                .isTrue();
    }

    private static Decision unsigned(Decision decision) {
        return decision.provenBy(null);
    }
}
