package io.k8sincident.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.k8sincident.cli.CommandRun;
import io.k8sincident.cli.CommandRun.Result;
import io.k8sincident.cli.FakeCluster;
import io.k8sincident.cli.Incidents;
import io.k8sincident.cli.TestTemporal;
import io.k8sincident.workflows.model.Mode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecidingTest {
    private static final String PREFIX = "ab12cd34ef56";

    private final TestTemporal temporal = new TestTemporal(new FakeCluster()).withWorker();
    private final CommandRun incident = new CommandRun(temporal);
    private String runId = "";

    @BeforeEach
    void open() {
        runId = temporal.open(Mode.REMEDIATE);
    }

    @AfterEach
    void stop() {
        temporal.close();
    }

    @Test
    void approvesByDigestWithoutATerminal() {
        Result result = incident.run("approve", "crashy", "--digest", PREFIX, "--reason", "bad release");

        assertThat(result.err()).contains("accepted: APPROVE by bob (unverified)");
        assertThat(result.code()).isZero();
    }

    @Test
    void approvesNothingUnderTheIdOfAnotherObject() {
        temporal.open(Mode.REMEDIATE, "incident:practice:demo:deployment:harmless");

        Result result = incident.run("approve", "harmless", "--digest", PREFIX);

        assertThat(result.code()).isEqualTo(4);
        assertThat(result.err())
                .contains(
                        "the plan is about demo/deployment/crashy in cluster test",
                        "the incident is incident:practice:demo:deployment:harmless",
                        "no decision was sent");
    }

    /** It would stand in Temporal's history for good. */
    @ParameterizedTest
    @ValueSource(strings = {"approve", "reject", "revise", "cancel"})
    void sendsNoCredentialThatSomebodyTypedAsTheReason(String verb) {
        List<String> words = new ArrayList<>(List.of(verb, "crashy", "--reason", "the password=hunter2 was wrong"));
        if (verb.equals("revise")) {
            words.addAll(List.of("--set", "app.image=web:2"));
        } else if (!verb.equals("cancel")) {
            words.addAll(List.of("--digest", PREFIX));
        }

        Result result = incident.run(words.toArray(String[]::new));

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err())
                .contains("--reason seems to hold a credential", "[redacted:password]", "nothing was changed")
                .doesNotContain("hunter2");
        assertThat(incident.run("show", "crashy").out()).contains("AWAITING_APPROVAL");
    }

    @Test
    void followsToTheEndWhenAskedToWait() {
        Result result = incident.run("approve", "crashy", "--digest", PREFIX, "--wait");

        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("RESOLVED");
    }

    @Test
    void needsADigestWhereNobodyCanBeAsked() {
        Result result = incident.run("approve", "crashy");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("--digest is needed", "nothing was changed", "incident plan");
    }

    @Test
    void refusesTheDigestOfAnotherPlan() {
        Result result = incident.run("approve", "crashy", "--digest", "ffffffffffff");

        assertThat(result.code()).isEqualTo(4);
        assertThat(result.err()).contains("the open plan is ab12cd34ef56…, not ffffffffffff…");
    }

    @Test
    void refusesADigestThatIsTooShort() {
        Result result = incident.run("approve", "crashy", "--digest", "ab12cd");

        assertThat(result.code()).isEqualTo(2);
    }

    @Test
    void saysWhyADecisionIsRefused() {
        Result result = incident.run("approve", "crashy", "--digest", PREFIX, "--as", "mallory");

        assertThat(result.code()).isEqualTo(4);
        assertThat(result.err()).contains("the decision is refused: NOT_ALLOWED, mallory may not");
    }

    @Test
    void tellsThatOthersMustApproveAsWell() {
        Result result = incident.run("approve", "crashy", "--digest", PREFIX, "--as", "first");

        assertThat(result.code()).isEqualTo(3);
        assertThat(result.err()).contains("counted: as asked");
    }

    @Test
    void showsThePlanAndAsksOnATerminal() {
        Result result = incident.onTerminal("ab12cd\n").run("approve", "crashy");

        assertThat(result.code()).isZero();
        assertThat(result.err()).contains("+command: [/bin/crash]", "touches", "undo", "Type the first 6 characters");
    }

    @Test
    void sendsNothingWhenSomethingElseIsTyped() {
        Result refused = incident.onTerminal("yes\n").run("approve", "crashy");

        assertThat(refused.code()).isEqualTo(4);
        assertThat(incident.run("show", "crashy").out()).contains("AWAITING_APPROVAL");
    }

    @Test
    void rejects() {
        incident.run("reject", "crashy", "--digest", PREFIX, "--reason", "not now");

        assertThat(incident.run("watch", Incidents.ID).code()).isEqualTo(4);
    }

    @Test
    void printsADecisionThatIsBoundToPlanRunAndCluster() throws IOException {
        Result result = incident.run("approve", "crashy", "--digest", PREFIX, "--print", "--reason", "it's bad");

        JsonNode decision = new ObjectMapper().readTree(result.out());
        assertThat(decision.path("planDigest").asText()).isEqualTo(Incidents.DIGEST);
        assertThat(decision.path("runId").asText()).isEqualTo(runId);
        assertThat(decision.path("cluster").asText()).isEqualTo("test");
        assertThat(decision.path("expiresAt").asText()).isEqualTo("2026-11-24T12:11:00Z");
        assertThat(decision.path("version").asInt()).isEqualTo(1);
    }

    @Test
    void printsHowToSendItByOtherMeans() {
        Result result = incident.run("approve", "crashy", "--digest", PREFIX, "--print", "--reason", "it's bad");

        assertThat(result.err()).contains("temporal workflow signal", "--name decide", "it'\\''s bad", "Web UI");
    }

    @Test
    void sendsNothingWhenPrinting() {
        incident.run("approve", "crashy", "--digest", PREFIX, "--print");

        assertThat(incident.run("show", "crashy").out()).contains("AWAITING_APPROVAL");
    }

    @Test
    void saysThatAClosedIncidentTakesNoDecision() {
        incident.run("reject", "crashy", "--digest", PREFIX);
        incident.run("watch", Incidents.ID);

        Result result = incident.run("approve", "crashy", "--digest", PREFIX);

        assertThat(result.code()).isEqualTo(4);
        assertThat(result.err()).contains("the incident is closed (REJECTED)", "nothing was changed");
    }

    @Test
    void showsTheNewDigestOfARevisedPlan() {
        Result result = incident.run("revise", "crashy", "--set", "app.image=nginx:1.27");

        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("sha256:9999");
    }

    @Test
    void refusesAValueThatIsNoValue() {
        Result result = incident.run("revise", "crashy", "--set", "nonsense");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("'nonsense' is not CONTAINER.FIELD=VALUE");
    }

    @Test
    void cancels() {
        assertThat(incident.run("show", "crashy").out()).contains("AWAITING_APPROVAL");

        incident.run("cancel", "crashy", "--reason", "false alarm");

        Result result = incident.run("watch", Incidents.ID);
        assertThat(result.out()).containsOnlyOnce("CANCELLED");
        assertThat(result.code()).isEqualTo(4);
    }
}
