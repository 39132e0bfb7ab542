package io.k8sincident.activities.audit;

import static io.k8sincident.workflows.model.Execution.Status.APPLIED;
import static io.k8sincident.workflows.model.Execution.Status.BLOCKED;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.k8sincident.activities.testing.Crashy;
import io.k8sincident.activities.testing.FaultyApi;
import io.k8sincident.activities.testing.Remedy;
import io.k8sincident.workflows.model.Execution;
import io.k8sincident.workflows.model.HumanValue;
import io.k8sincident.workflows.model.IncidentStatus;
import io.k8sincident.workflows.model.Outcome;
import io.k8sincident.workflows.model.Person;
import io.k8sincident.workflows.model.Phase;
import io.k8sincident.workflows.model.Proposal;
import io.k8sincident.workflows.model.Ruling;
import io.k8sincident.workflows.model.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordActivityTest {
    @TempDir
    Path runs = Path.of("");

    private final FaultyApi api = new FaultyApi(Crashy.store());
    private final Remedy remedy = new Remedy(api.config());

    RecordActivityTest() throws IOException {}

    @AfterEach
    void close() {
        remedy.close();
        api.close();
    }

    @ParameterizedTest
    @CsvSource({
        "RESOLVED, success",
        "ROLLED_BACK, rolled_back",
        "UNRESOLVED, failed",
        "FAILED, failed",
        "OUTCOME_UNKNOWN, unknown"
    })
    void writesWhatAnybodyCanRead(Outcome outcome, String result) throws IOException {
        String path = activity().close(executed(outcome));

        JsonNode json = new ObjectMapper().readTree(Files.readAllBytes(Path.of(path)));
        assertThat(path).matches(".*/remediate-20261124T120000Z-[0-9a-f]{8}\\.json");
        assertThat(json.path("timestamp").asText()).isEqualTo("2026-11-24T12:00:00Z");
        assertThat(json.path("namespace").asText()).isEqualTo("demo");
        assertThat(json.path("action").asText()).isEqualTo("patch_command");
        assertThat(json.path("target").asText()).isEqualTo("deploy/crashy");
        assertThat(json.path("approved").asBoolean()).isTrue();
        assertThat(json.path("result").asText()).isEqualTo(result);
        assertThat(json.path("approver").asText()).isEqualTo("bob (unverified)");
    }

    @Test
    void writesTheRecordOnceHoweverOftenItIsTried() throws IOException {
        IncidentStatus status = executed(Outcome.RESOLVED);

        String first = activity().close(status);
        String second = activity().close(status);

        assertThat(second).isEqualTo(first);
        try (var files = Files.list(runs)) {
            assertThat(files).hasSize(1);
        }
        assertThat(remedy.trail.events()).containsOnlyOnce("incident_closed");
    }

    @Test
    void writesNoRecordWhereNothingWasSent() {
        String path = activity().close(status(Outcome.EXPIRED, remedy.propose(command()), List.of(), List.of()));

        assertThat(path).isEmpty();
        assertThat(runs).isEmptyDirectory();
        assertThat(remedy.trail.events()).endsWith("incident_closed");
    }

    @Test
    void namesWhoApprovedWhatWasExecutedAndNotWhoRejected() throws IOException {
        Proposal proposal = remedy.propose(command());
        Ruling bob = remedy.approve(String.valueOf(proposal.digest()));

        JsonNode rejected = recorded(Outcome.REJECTED, proposal, List.of(bob, by("carol", Verdict.REJECT)), BLOCKED);

        assertThat(rejected.path("approved").asBoolean()).isFalse();
        assertThat(rejected.has("approver")).isFalse();
        assertThat(rejected.has("decisionId")).isFalse();
    }

    @Test
    void namesTheOneWhoseApprovalWasExecutedWhereAnEarlierOneWasNot() throws IOException {
        Proposal proposal = remedy.propose(command());
        Ruling bob = remedy.approve(String.valueOf(proposal.digest()));

        JsonNode applied =
                recorded(Outcome.RESOLVED, proposal, List.of(bob, by("dave", Verdict.APPROVE)), BLOCKED, APPLIED);

        assertThat(applied.path("approved").asBoolean()).isTrue();
        assertThat(applied.path("approver").asText()).isEqualTo("dave (unverified)");
    }

    @Test
    void namesTheOneWhoseApprovalWasTriedWhereALaterOneWasCancelledBeforeItsWrite() throws IOException {
        Proposal proposal = remedy.propose(command());
        Ruling bob = remedy.approve(String.valueOf(proposal.digest()));

        JsonNode cancelled = recorded(Outcome.CANCELLED, proposal, List.of(bob, by("dave", Verdict.APPROVE)), BLOCKED);

        assertThat(cancelled.path("approved").asBoolean()).isTrue();
        assertThat(cancelled.path("approver").asText()).isEqualTo("bob (unverified)");
    }

    @Test
    void namesNobodyWhereWhatWasApprovedWasRevisedAfterwards() throws IOException {
        Ruling bob = remedy.approve(String.valueOf(remedy.propose(command()).digest()));
        remedy.clock.advance(Duration.ofMinutes(2));
        Proposal revised = remedy.propose(command());

        JsonNode expired = recorded(Outcome.EXPIRED, revised, List.of(bob), BLOCKED);

        assertThat(expired.path("approved").asBoolean()).isFalse();
        assertThat(expired.has("approver")).isFalse();
    }

    private JsonNode recorded(Outcome outcome, Proposal proposal, List<Ruling> rulings, Execution.Status... executions)
            throws IOException {
        List<Execution> executed = new ArrayList<>();
        for (Execution.Status status : executions) {
            Ruling ruling = rulings.get(executed.size());
            executed.add(new Execution(0, status, "so", null, ruling.at().plus(Duration.ofSeconds(30))));
        }
        String path = activity().close(status(outcome, proposal, rulings, executed));
        return new ObjectMapper().readTree(Files.readAllBytes(Path.of(path)));
    }

    private Ruling by(String name, Verdict verdict) {
        return new Ruling(
                "decision-of-" + name,
                verdict,
                Person.unverified(name),
                Ruling.Reason.ACCEPTED,
                "",
                "sha256:",
                remedy.clock.instant().plus(Duration.ofMinutes(1)));
    }

    private RecordActivityImpl activity() {
        return new RecordActivityImpl(remedy.trail, runs);
    }

    private IncidentStatus executed(Outcome outcome) {
        Proposal proposal = remedy.propose(command());
        String digest = String.valueOf(proposal.digest());
        Ruling ruling = remedy.approve(digest);
        Execution execution = remedy.execution.execute(remedy.executionRequest(digest, ruling));
        return status(outcome, proposal, List.of(ruling), List.of(execution));
    }

    private IncidentStatus status(
            Outcome outcome, Proposal proposal, List<Ruling> rulings, List<Execution> executions) {
        return new IncidentStatus(
                Remedy.INCIDENT,
                Remedy.RUN,
                remedy.request(),
                Phase.CLOSED,
                remedy.clock.instant(),
                null,
                proposal,
                List.of(),
                null,
                rulings,
                executions,
                null,
                null,
                outcome,
                "because",
                List.of(),
                null,
                null);
    }

    private static HumanValue command() {
        return new HumanValue("app", "command", "[\"sh\",\"-c\",\"sleep 77\"]");
    }
}
