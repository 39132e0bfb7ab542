package io.k8sincident.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.k8sincident.activities.audit.TrailEntry;
import io.k8sincident.activities.audit.seal.KeyFile;
import io.k8sincident.activities.audit.store.FileTrailStore;
import io.k8sincident.activities.audit.store.SealingPace;
import io.k8sincident.activities.audit.store.StoredTrail;
import io.k8sincident.cli.CommandRun;
import io.k8sincident.cli.CommandRun.Result;
import io.k8sincident.cli.NoServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report of broken glass, and its review, in a trail in files and without any server. */
class AuditReviewTest {
    private static final String INCIDENT = "incident:local:demo:deployment:crashy";
    private static final TrailEntry BROKEN = new TrailEntry(
            INCIDENT,
            "run",
            "ann",
            "break_glass",
            Map.of(
                    "decisionId", "d-1",
                    "decisionDigest", "sha256:1",
                    "planDigest", "sha256:2",
                    "breakGlass", "checkout is down",
                    "lifted", "freeze",
                    "against", "freeze, policy.yaml:7: freeze 'night' holds until 06:00",
                    "brokenBy", "ann"));

    @TempDir
    Path folder;

    private CommandRun incident = new CommandRun(new NoServers());
    private Path runs = Path.of("");

    @BeforeEach
    void fill() {
        runs = folder.resolve("runs");
        incident = new CommandRun(new NoServers()).in(folder).with("HOME", folder.toString());
        append(BROKEN);
    }

    private void append(TrailEntry entry) {
        KeyFile keys = new KeyFile(runs.resolve(KeyFile.FILE));
        try (StoredTrail trail = StoredTrail.sealed(
                new FileTrailStore(runs), keys, SealingPace.DEFAULT, Clock.systemUTC(), line -> {})) {
            var unused = trail.append(entry);
        }
    }

    @Test
    void reportsWhatWaitsForAReview() {
        Result result = incident.run("audit", "review");

        assertThat(result.code()).isEqualTo(3);
        assertThat(result.out())
                .contains(
                        "Break-glass: review needed",
                        INCIDENT,
                        "ann",
                        "checkout is down",
                        "freeze, policy.yaml:7",
                        "incident audit review " + INCIDENT);
    }

    @Test
    void recordsTheReviewOfSomebodyElse() {
        Result review =
                incident.run("audit", "review", "deployment/crashy", "--as", "dana", "--reason", "it was right");
        Result report = incident.run("audit", "review");

        assertThat(review.code()).as(review.err()).isZero();
        assertThat(report.code()).isZero();
        assertThat(report.out())
                .contains("Break-glass: reviewed", "by dana (unverified) at ", "it was right")
                .doesNotContain("review needed");
        assertThat(incident.run("audit", "verify").code()).isZero();
    }

    @Test
    void isSignedByWhoHasAKey() {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/ssh-keygen")), "ssh-keygen is not installed");
        incident.run("init", "--as", "dana");
        incident.run("audit", "review", "deployment/crashy", "--reason", "it was right");
        String signers =
                folder.resolve(".config/k8s-incident-agent/allowed_signers").toString();

        assertThat(incident.run("audit", "review").out()).contains("by dana (unverified)");
        assertThat(incident.run("audit", "review", "--allowed-signers", signers).out())
                .contains("by dana at ")
                .doesNotContain("unverified");
    }

    @Test
    void takesNoReviewByWhoBrokeIt() {
        Result result = incident.run("audit", "review", "deployment/crashy", "--as", "Ann", "--reason", "fine");

        assertThat(result.code()).isEqualTo(4);
        assertThat(result.err()).contains("somebody else must review it");
    }

    /** Whoever can write to the trail cannot review their own by another way. */
    @Test
    void countsNoRecordThatIsNotAReviewByAnother() {
        append(new TrailEntry(
                INCIDENT,
                "run",
                "ann",
                "break_glass_reviewed",
                Map.of("decisionId", "d-1", "decisionDigest", "sha256:1", "reviewer", "ann", "reason", "fine")));
        append(new TrailEntry(
                INCIDENT,
                "run",
                "dana",
                "break_glass_reviewed",
                Map.of("decisionId", "d-2", "decisionDigest", "sha256:1", "reviewer", "dana", "reason", "fine")));

        assertThat(incident.run("audit", "review").code()).isEqualTo(3);
    }

    @Test
    void saysThatThereIsNothingToReview() {
        incident.run("audit", "review", "deployment/crashy", "--as", "dana", "--reason", "it was right");

        Result again = incident.run("audit", "review", "deployment/crashy", "--as", "dana", "--reason", "again");

        assertThat(again.code()).isEqualTo(2);
        assertThat(again.err()).contains("there is nothing to review");
    }

    @Test
    void isInTheExportOfTheIncident() {
        incident.run("audit", "review", "deployment/crashy", "--as", "dana", "--reason", "it was right");
        incident.run("audit", "export", "deployment/crashy", "--to", "crashy.json");

        Result verified =
                incident.run("audit", "verify", "--bundle", "crashy.json", "--public-key", runs + "/audit-key.pub.pem");

        assertThat(verified.out()).contains("break_glass", "break_glass_reviewed");
    }
}
