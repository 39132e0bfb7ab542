package io.k8sincident.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.approval.Statement;
import io.k8sincident.activities.approval.ssh.SshSignature;
import io.k8sincident.cli.CommandRun.Result;
import io.k8sincident.cli.Incidents;
import io.k8sincident.workflows.model.Decision;
import io.k8sincident.workflows.workflow.WireFormat;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Approving against the policy from the command line, with a key of its own by the real ssh-keygen. */
class BreakGlassTest extends StrictIncident {
    private static final String NAMESPACE = "break-glass@k8sincident.io";
    private static final String WHY = "checkout is down, it can't wait";

    @BeforeEach
    void start() {
        open();
    }

    @Test
    void saysLoudlyWhatItMeansAndWhatWasLifted() {
        incident.run("init", "--break-glass", "--as", "ann");

        Result result = incident.run("approve", "crashy", "--digest", DIGEST, "--break-glass", WHY);

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.err())
                .contains(
                        "BREAK-GLASS: you approve AGAINST THE POLICY",
                        "because: " + WHY,
                        "the policy let nobody do that: expect a refusal",
                        "accepted: APPROVE by ann",
                        "BREAK-GLASS  lifted:",
                        "freeze, policy.yaml:9: freeze 'night' holds until 06:00",
                        "incident audit review");
    }

    @Test
    void isMarkedWhereverTheIncidentIsShown() {
        incident.run("init", "--break-glass", "--as", "ann");
        incident.run("approve", "crashy", "--digest", DIGEST, "--break-glass", WHY, "--wait");

        assertThat(incident.run("show", Incidents.ID).out())
                .contains("BREAK-GLASS: review needed   by ann: " + WHY, "freeze, policy.yaml:9");
        assertThat(incident.run("list", "--all").out()).contains("RESOLVED BREAK-GLASS");
        assertThat(incident.run("list", "--all", "-o", "json").out()).contains("\"breakGlass\" : true");
    }

    @Test
    void marksNothingThatWasApprovedNormally() {
        incident.run("init", "--as", "bob");
        incident.run("approve", "crashy", "--digest", DIGEST, "--wait");

        assertThat(incident.run("show", Incidents.ID).out()).doesNotContain("BREAK-GLASS");
        assertThat(incident.run("list", "--all").out()).doesNotContain("BREAK-GLASS");
    }

    @Test
    void asksForAPhraseOnATerminal() {
        incident.run("init", "--break-glass", "--as", "ann");
        String digits = DIGEST.substring("sha256:".length(), "sha256:".length() + 6);

        Result refused = incident.onTerminal(digits + "\nyes\n").run("approve", "crashy", "--break-glass", WHY);
        Result accepted =
                incident.onTerminal(digits + "\nbreak glass\n").run("approve", "crashy", "--break-glass", WHY);

        assertThat(refused.code()).isEqualTo(4);
        assertThat(refused.err()).contains("Type 'break glass' to go on", "no decision was sent");
        assertThat(accepted.code()).as(accepted.err()).isZero();
    }

    @Test
    void wantsToKnowWhy() {
        incident.run("init", "--break-glass", "--as", "ann");

        Result result = incident.run("approve", "crashy", "--digest", DIGEST, "--break-glass", "because");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("says too little", "nothing was changed");
    }

    @Test
    void takesNoKeyForDecisionsByItself() {
        incident.run("init", "--as", "bob");

        Result result = incident.run("approve", "crashy", "--digest", DIGEST, "--break-glass", WHY);

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("needs a key of its own", "incident init --break-glass");
    }

    @Test
    void printsWhatIsSignedInANamespaceOfItsOwn() throws IOException {
        incident.run("init", "--break-glass", "--as", "ann");

        Result result = incident.run("approve", "crashy", "--digest", DIGEST, "--print", "--break-glass", WHY);

        Decision decision = WireFormat.mapper().readValue(result.out(), Decision.class);
        SshSignature signature = SshSignature.parse(String.valueOf(decision.proof()));
        assertThat(decision.breakGlass()).isEqualTo(WHY);
        assertThat(signature.namespace()).isEqualTo(NAMESPACE);
        assertThat(signature.signs(Statement.of(decision.provenBy(null), "uid-of-kube-system")))
                .isTrue();
        assertThat(result.err()).contains("What is signed, for " + NAMESPACE, "-Y sign -n " + NAMESPACE, "BREAK-GLASS");
    }

    @Test
    void rejectsWithoutTheOption() {
        assertThat(incident.run("reject", "crashy", "--digest", DIGEST, "--break-glass", WHY)
                        .code())
                .isEqualTo(2);
    }
}
