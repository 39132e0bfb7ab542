package io.k8sincident.activities.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.activities.remediation.Diagnosticians;
import io.k8sincident.workflows.model.Advice;
import io.k8sincident.workflows.model.AdvisedClaim;
import io.k8sincident.workflows.model.DropReason;
import io.k8sincident.workflows.model.Hypothesis;
import io.k8sincident.workflows.model.Missing;
import io.k8sincident.workflows.model.Observation;
import io.k8sincident.workflows.workflow.WireFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TriageReportTest {
    private static final ObjectMapper MAPPER = WireFormat.mapper();

    @Test
    void isWhatTheSchemaSays() throws IOException {
        List<Snapshot> snapshots = new ArrayList<>(List.of(
                Fixture.rollout("image: 'a'", "image: 'b'", Fixture.crashLoop("exitCode: 1, reason: 'Error'"))
                        .log("FATAL no\u0007\n")
                        .snapshot(),
                Fixture.rollout("image: 'a'", "image: 'a'", Fixture.crashLoop("exitCode: 137"))
                        .snapshot(),
                new Fixture().snapshot()));
        Recordings.all().forEach(moment -> snapshots.add(moment.snapshot()));

        JsonNode report = json(TriageReport.of(snapshots, Diagnosticians.standard()));

        assertThat(schema().problems(report)).isEmpty();
    }

    @Test
    void hasAPlaceForWhatAModelSaysOnlyIfOneIsAsked() throws IOException {
        Snapshot snapshot = Fixture.rollout("image: 'a'", "image: 'b'", Fixture.crashLoop("exitCode: 137"))
                .snapshot();
        AdvisedClaim claim = new AdvisedClaim("It was killed.", "E1", "137");
        Advice advice = new Advice(
                Advice.Status.GIVEN,
                "m:1",
                "sha256:" + "ab".repeat(32),
                null,
                Duration.ofMillis(1_200),
                10,
                20,
                "oom-limit",
                Advice.Agreement.NOT_COMPARABLE,
                List.of("roll-back"),
                claim,
                List.of(claim),
                List.of(new Hypothesis("oom-limit", claim, new Missing("why it ended", "kubectl describe pod a"))),
                List.of(new Observation("E1", "Pod/a status", "exit 137", "sha256:00")),
                Map.of(DropReason.REPEATED, 1),
                "1 parts were left out");

        JsonNode with =
                json(TriageReport.of(List.of(snapshot), Diagnosticians.standard(), (unused, diagnosis) -> advice));
        JsonNode without = json(TriageReport.of(List.of(snapshot), Diagnosticians.standard()));

        assertThat(schema().problems(with)).isEmpty();
        assertThat(with.at("/incidents/0/advice/claims/0/quote").asText()).isEqualTo("137");
        assertThat(without.path("incidents").path(0).has("advice")).isFalse();
        ((ObjectNode) with.path("incidents").path(0)).remove("advice");
        assertThat(with).isEqualTo(without);
    }

    @Test
    void theSchemaRefusesWhatItDoesNotSay() throws IOException {
        JsonNode report = Fixture.json("{apiVersion: 'k8sincident.io/v1', kind: 'TriageReport', takenAt: 'now',"
                + " incidents: [{cause: 3}], healthy: [], progressing: [], score: {}, more: 1}");

        assertThat(schema().problems(report)).hasSize(5);
    }

    @Test
    void aSourceWithoutAnIncidentIsHealthy() {
        TriageReport report = TriageReport.of(List.of(new Fixture().snapshot()), Diagnosticians.standard());

        assertThat(report.healthy()).containsExactly("fixture");
        assertThat(report.incidents()).isEmpty();
    }

    @Test
    void theScoreIsTheShareOfWorkloadsThatAreWell() {
        Snapshot broken = Fixture.rollout("image: 'a'", "image: 'b'", Fixture.crashLoop("exitCode: 137"))
                .snapshot();

        HealthScore one =
                TriageReport.of(List.of(broken), Diagnosticians.standard()).score();
        HealthScore none = TriageReport.of(List.of(new Fixture().snapshot()), Diagnosticians.standard())
                .score();

        assertThat(one).isEqualTo(new HealthScore(1, 0, 0, 1, 1));
        assertThat(none).isEqualTo(new HealthScore(0, 0, 100, 0, 0));
        assertThat(HealthScore.sum(List.of(one, new HealthScore(2, 2, 100, 0, 0)))
                        .healthyPercent())
                .isEqualTo(66);
    }

    @Test
    void anAbstentionHasANullCause() {
        Snapshot snapshot = Fixture.rollout("image: 'a'", "image: 'a'", Fixture.crashLoop("exitCode: 137"))
                .snapshot();

        JsonNode incident = json(TriageReport.of(List.of(snapshot), Diagnosticians.standard()))
                .path("incidents")
                .path(0);

        assertThat(incident.has("cause")).isTrue();
        assertThat(incident.path("cause").isNull()).isTrue();
        assertThat(incident.path("abstained").asBoolean()).isTrue();
    }

    @Test
    void hostileTextIsEscapedAndCut() {
        Snapshot snapshot = Fixture.rollout(
                        "image: 'a'", "image: 'b'", Fixture.crashLoop("exitCode: 1, reason: 'Error'"))
                .log("FATAL \u001b7\u202e" + "x".repeat(5_000) + "\n")
                .snapshot();

        String report = json(TriageReport.of(List.of(snapshot), Diagnosticians.standard()))
                .toString();

        assertThat(report).contains("u{1b}").contains("u{202e}").doesNotContain("x".repeat(301));
    }

    private static JsonNode json(TriageReport report) {
        return MAPPER.valueToTree(report);
    }

    private static Schema schema() throws IOException {
        Path docs = Path.of("docs/triage-report.schema.json");
        Path file = Files.exists(docs) ? docs : Path.of("..").resolve(docs);
        return new Schema(MAPPER.readTree(file.toFile()));
    }
}
