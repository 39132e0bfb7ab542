package io.k8sincident.activities.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.audit.verify.Flaw.Kind;
import io.k8sincident.activities.audit.verify.TrustedKeys;
import io.k8sincident.activities.audit.verify.Verdict;
import io.k8sincident.activities.testing.FaultRow;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same in files, and what only files allow. */
@FaultRow("trail in files edited, cut, reordered, sealed anew")
class TamperTest extends TamperContract {
    private TrailFixture files = new TrailFixture(Path.of(""));

    @Override
    protected TamperedTrail trailIn(Path where) {
        TrailFixture made = new TrailFixture(where);
        files = where.equals(directory) ? made : files;
        return made;
    }

    @Test
    void noticesThatTheFileIsGone() throws Exception {
        Files.delete(files.files.current());

        expect(trail.verify(), Kind.TRUNCATED, 1);
    }

    @Test
    void noticesACutWithinALine() throws Exception {
        String text = Files.readString(files.files.current());
        Files.writeString(files.files.current(), text.substring(0, text.length() - 30));

        expect(trail.verify(), Kind.TRUNCATED, LAST);
    }

    @Test
    void toleratesACheckpointThatACrashLeftUnfinished() throws Exception {
        Files.writeString(
                files.files.checkpoints(), "{\"version\":1,", StandardCharsets.UTF_8, StandardOpenOption.APPEND);

        Verdict verdict = trail.verify();
        assertThat(verdict.flaw()).isNull();
        assertThat(verdict.notes()).anyMatch(note -> note.contains("is not finished"));

        trail.append(1, 10);
        assertThat(trail.verify().notes()).isEmpty();
    }

    @Test
    void checksAnOldTrailByItsChainAloneAndSaysSo(@TempDir Path elsewhere) throws Exception {
        TrailFixture old = new TrailFixture(elsewhere);
        FileAuditTrail unsealed = new FileAuditTrail(elsewhere, Clock.systemUTC());
        for (int i = 0; i < 20; i++) {
            unsealed.append(TrailFixture.entry("event_" + i));
        }

        Verdict verdict = old.verify(new TrustedKeys(List.of()));

        assertThat(verdict.flaw()).isNull();
        assertThat(verdict.notes()).singleElement().asString().startsWith("not sealed by any checkpoint");

        old.append(1, 10);
        assertThat(old.verify().sealed()).isEqualTo(22);
    }
}
