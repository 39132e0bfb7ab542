package io.k8sincident.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.audit.TrailEntry;
import io.k8sincident.activities.audit.seal.KeyFile;
import io.k8sincident.activities.audit.store.FileTrailStore;
import io.k8sincident.activities.audit.store.SealingPace;
import io.k8sincident.activities.audit.store.StoredTrail;
import io.k8sincident.cli.CommandRun;
import io.k8sincident.cli.CommandRun.Result;
import io.k8sincident.cli.NoServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands about a trail in files. */
class AuditTest {
    private static final String INCIDENT = "incident:local:demo:deployment:crashy";

    @TempDir
    Path folder;

    private CommandRun incident = new CommandRun(new NoServers());
    private Path runs = Path.of("");

    @BeforeEach
    void fill() {
        runs = folder.resolve("runs");
        incident = new CommandRun(new NoServers()).in(folder);
        KeyFile keys = new KeyFile(runs.resolve(KeyFile.FILE));
        try (StoredTrail trail = StoredTrail.sealed(
                new FileTrailStore(runs), keys, SealingPace.DEFAULT, Clock.systemUTC(), line -> {})) {
            for (int i = 0; i < 5; i++) {
                trail.append(TrailEntry.of(INCIDENT, "run", "event_" + i, Map.of("key", "value")));
            }
        }
    }

    @Test
    void verifiesWithAPublicKeyFromElsewhere() throws IOException {
        Path key = Files.copy(runs.resolve("audit-key.pub.pem"), folder.resolve("key.pem"));

        Result result = incident.run("audit", "verify", "--public-key", key.toString());

        assertThat(result.code()).isZero();
        assertThat(result.out()).startsWith("GOOD  6 records, 1 to 6\n").contains("up to record 6, by 2 checkpoints");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void saysThatAKeyBesideTheTrailProvesLittle() {
        Result result = incident.run("audit", "verify");

        assertThat(result.code()).isZero();
        assertThat(result.err()).contains("which lies beside the trail", "--public-key FILE");
    }

    @Test
    void namesTheFirstBadRecordAndAnswersWithThree() throws IOException {
        Path trail = runs.resolve("audit.jsonl");
        Files.writeString(trail, Files.readString(trail).replace("event_2", "event_9"));

        Result result = incident.run("audit", "verify");

        assertThat(result.code()).isEqualTo(3);
        assertThat(result.out()).startsWith("BAD  EDITED · first bad record: 4 · record 4 was edited");
    }

    @Test
    void exportsOneIncidentForOthersToVerify() {
        Path bundle = folder.resolve("bundle.json");

        Result exported = incident.run("audit", "export", "deployment/crashy", "-n", "demo", "--to", bundle.toString());
        Result verified = incident.run("audit", "verify", "--bundle", bundle.toString());

        assertThat(exported.code()).as(exported.err()).isZero();
        assertThat(exported.out()).isEqualTo(bundle + "\n");
        assertThat(verified.code()).as(verified.out()).isZero();
        assertThat(verified.out()).contains("event_0", "event_4");
        assertThat(incident.run("audit", "export", INCIDENT, "--to", bundle.toString())
                        .code())
                .isEqualTo(1);
    }

    @Test
    void rotatesTheKeyAndStartsASegment() throws IOException {
        Path first = Files.copy(runs.resolve("audit-key.pub.pem"), folder.resolve("first.pem"));

        assertThat(incident.run("audit", "key", "rotate").code()).isZero();
        Result segment = incident.run("audit", "segment");

        assertThat(segment.out()).endsWith("audit-000000000001.jsonl\n");
        Result verified = incident.run("audit", "verify", "--public-key", first.toString());
        assertThat(verified.code()).as(verified.out()).isZero();
        assertThat(incident.run("audit", "key", "show").out()).startsWith("-----BEGIN PUBLIC KEY-----");
    }

    @Test
    void saysThatTheOldestSegmentIsMissing() throws IOException {
        incident.run("audit", "segment");
        Files.delete(runs.resolve("audit-000000000001.jsonl"));

        Result missing = incident.run("audit", "verify", "-o", "json");
        assertThat(missing.code()).isEqualTo(3);
        assertThat(missing.out()).contains("\"DROPPED\"", "are not here; they were put away, or taken");

        String begins = missing.out().replaceAll("(?s).*--begins-at (\\d+).*", "$1");
        Result expected = incident.run("audit", "verify", "-o", "json", "--begins-at", begins);
        assertThat(expected.code()).as(expected.out()).isZero();
        assertThat(expected.out()).contains("are not here, as was expected");
        assertThat(incident.run("audit", "verify", "--begins-at", "0").code()).isEqualTo(2);
    }

    @Test
    void makesNoTrailWhereThereIsNone() {
        CommandRun elsewhere = incident.with("INCIDENT_RUNS", "elsewhere");

        assertThat(elsewhere.run("audit", "verify").err()).contains("there is no trail in");
        assertThat(elsewhere.run("audit", "segment").err()).contains("there is no trail in");
        assertThat(folder.resolve("elsewhere")).doesNotExist();
    }

    @Test
    void neverReplacesAKeyByCreatingOne() {
        Result result = incident.run("audit", "key", "create");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("there is a key already", "Nothing was changed", "incident audit key rotate");
    }
}
