package io.k8sincident.activities.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.audit.chain.ChainEnd;
import io.k8sincident.activities.audit.seal.Checkpoint;
import io.k8sincident.activities.audit.seal.SigningKey;
import io.k8sincident.activities.audit.verify.Flaw.Kind;
import io.k8sincident.activities.audit.verify.TrustedKeys;
import io.k8sincident.activities.audit.verify.Verdict;
import io.k8sincident.activities.blob.Digest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody who can write the files, but has not the key, may try. Record 1 introduces the key; 2 to 41 follow. */
public abstract class TamperContract {
    protected static final int LAST = 41;

    @TempDir
    Path directory = Path.of("");

    protected TamperedTrail trail;

    @BeforeEach
    void fill() throws Exception {
        trail = trailIn(directory);
        trail.append(40, 10);
    }

    /** A trail without records on a store of its own, with its key in this directory. */
    protected abstract TamperedTrail trailIn(Path directory) throws Exception;

    @Test
    void findsNothingWhereNothingWasDone() throws Exception {
        Verdict verdict = trail.verify(trail.copyCheckpoints("copy"));

        assertThat(verdict.flaw()).isNull();
        assertThat(verdict.last()).isEqualTo(LAST);
        assertThat(verdict.sealed()).isEqualTo(LAST);
        assertThat(verdict.checkpoints()).isEqualTo(5);
        assertThat(verdict.notes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 11, 12, 20, 40, LAST})
    void namesTheRecordWhoseDetailsWereEdited(int sequence) throws Exception {
        trail.edit(sequence, line -> line.replace("\"key\":\"event_", "\"key\":\"forged_"));

        expect(trail.verify(), Kind.EDITED, sequence);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 11, 12, 20, 31, 40})
    void namesTheRecordWhoseActorWasEdited(int sequence) throws Exception {
        trail.edit(sequence, line -> line.replace("\"actor\":\"system\"", "\"actor\":\"alice\""));

        expect(trail.verify(), Kind.EDITED, sequence);
    }

    @Test
    void narrowsDownAnEditOfTheVeryLastRecord() throws Exception {
        trail.edit(LAST, line -> line.replace("\"actor\":\"system\"", "\"actor\":\"alice\""));

        String text = expect(trail.verify(), Kind.RESEALED, 32);
        assertThat(text).endsWith("one of 32 to 41");
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 12, 40})
    void namesTheRecordWhoseNumberOrLinkWasEdited(int sequence) throws Exception {
        List<String> before = trail.lines();
        trail.edit(sequence, line -> line.replaceFirst("\"sequence\":\\d+", "\"sequence\":77"));
        expect(trail.verify(), Kind.EDITED, sequence);

        trail.write(before);
        trail.edit(sequence, line -> line.replaceFirst("\"previous\":\"sha256:..", "\"previous\":\"sha256:zz"));
        expect(trail.verify(), Kind.EDITED, sequence);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 12, 40})
    void namesTheRecordThatWasDropped(int sequence) throws Exception {
        List<String> lines = trail.lines();
        lines.remove(sequence - 1);
        trail.write(lines);

        expect(trail.verify(), Kind.DROPPED, sequence);
    }

    @Test
    void namesTheFirstOfManyThatWereDropped() throws Exception {
        List<String> lines = trail.lines();
        lines.subList(14, 30).clear();
        trail.write(lines);

        assertThat(expect(trail.verify(), Kind.DROPPED, 15)).contains("records 15 to 30 are missing");
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 11, 39})
    void namesTheFirstRecordThatIsOutOfOrder(int sequence) throws Exception {
        List<String> lines = trail.lines();
        Collections.swap(lines, sequence - 1, sequence + 1);
        trail.write(lines);

        expect(trail.verify(), Kind.REORDERED, sequence);
    }

    @Test
    void noticesARecordThatStandsTwice() throws Exception {
        List<String> lines = trail.lines();
        lines.add(20, lines.get(19));
        trail.write(lines);

        expect(trail.verify(), Kind.REORDERED, 21);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 17, 40})
    void namesTheFirstRecordThatWasCutOff(int kept) throws Exception {
        trail.write(trail.lines().subList(0, kept));

        expect(trail.verify(), Kind.TRUNCATED, kept + 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 25, LAST})
    void namesTheRecordsAmongWhichTheChainWasComputedAnew(int sequence) throws Exception {
        trail.edit(sequence, line -> line.replace("\"event\":\"event_", "\"event\":\"forged_"));
        trail.write(TrailFixture.rechained(trail.lines(), sequence));

        Verdict verdict = trail.verify();

        int sealedBefore = (sequence - 2) / 10 * 10 + 1;
        expect(verdict, Kind.RESEALED, sealedBefore + 1);
    }

    @Test
    void noticesADropWithEverythingAfterwardsNumberedAnew() throws Exception {
        List<String> lines = trail.lines();
        lines.remove(15);
        trail.write(TrailFixture.rechained(lines, 16));

        expect(trail.verify(), Kind.RESEALED, 12);
    }

    @Test
    void noticesThatTheWholeTrailWasComputedAnewAndSealedWithAnotherKey(@TempDir Path elsewhere) throws Exception {
        TamperedTrail forged = trailIn(elsewhere);
        forged.append(40, 10);

        Verdict verdict = forged.verify(new TrustedKeys(List.of(trail.key())));

        expect(verdict, Kind.UNSEALED, 0);
    }

    @Test
    void noticesThatAnotherTrailOfTheSameKeyTookItsPlace(@TempDir Path elsewhere) throws Exception {
        Path copy = trail.copyCheckpoints("copy");
        TamperedTrail other = trailIn(elsewhere);
        Files.copy(trail.keys().path(), other.keys().path());
        Files.copy(trail.keys().publicPath(), other.keys().publicPath());
        other.append(60, 10);
        trail.write(other.lines());

        expect(trail.verify(), Kind.SWAPPED, 1);

        trail.writeCheckpoints(other.checkpoints());
        assertThat(trail.verify().flaw()).isNull();
        expect(trail.verify(copy), Kind.SWAPPED, 1);
    }

    @Test
    void noticesWithACopyThatTrailAndCheckpointsWereCutTogether() throws Exception {
        Path copy = trail.copyCheckpoints("copy");
        trail.write(trail.lines().subList(0, 21));
        trail.writeCheckpoints(trail.checkpoints().subList(0, 3));

        assertThat(trail.verify().flaw()).isNull();
        expect(trail.verify(copy), Kind.TRUNCATED, 22);
    }

    @Test
    void noticesThatAnOldCheckpointWasPutAtTheEnd() throws Exception {
        List<String> checkpoints = trail.checkpoints();
        checkpoints.add(checkpoints.get(1));
        trail.writeCheckpoints(checkpoints);

        expect(trail.verify(), Kind.REPLAYED, 0);
    }

    @Test
    void noticesACheckpointThatNamesAnotherHash() throws Exception {
        List<String> checkpoints = trail.checkpoints();
        checkpoints.set(2, checkpoints.get(2).replaceFirst("\"hash\":\"sha256:....", "\"hash\":\"sha256:0000"));
        trail.writeCheckpoints(checkpoints);

        expect(trail.verify(), Kind.FORGED, 0);
    }

    @Test
    void doesNotTakeTheWordOfAnUnknownKey() throws Exception {
        SigningKey mine = SigningKey.generate();
        List<String> lines = trail.lines();
        lines.set(24, lines.get(24).replace("event_", "forged_"));
        List<String> forged = TrailFixture.rechained(lines, 25);
        trail.write(forged);
        List<String> checkpoints = trail.checkpoints().subList(0, 2);
        checkpoints.add(Checkpoint.sign(
                        mine,
                        Objects.requireNonNull(trail.verify().trail()),
                        11,
                        new ChainEnd(LAST, Digest.of(forged.get(LAST - 1))),
                        "sha256:",
                        Instant.now())
                .line());
        Path copy = trail.copyCheckpoints("copy");
        trail.writeCheckpoints(checkpoints);

        Verdict verdict = trail.verify();

        assertThat(verdict.sealed()).isLessThan(25);
        expect(trail.verify(copy), Kind.RESEALED, 22);
    }

    @Test
    void noticesThatAllCheckpointsAreGone() throws Exception {
        trail.writeCheckpoints(List.of());

        expect(trail.verify(), Kind.UNSEALED, 0);
    }

    protected static String expect(Verdict verdict, Kind kind, long sequence) {
        assertThat(verdict.flaw()).isNotNull().satisfies(flaw -> {
            assertThat(flaw.kind()).as(flaw.text()).isEqualTo(kind);
            assertThat(flaw.sequence()).as(flaw.text()).isEqualTo(sequence);
        });
        return Objects.requireNonNull(verdict.flaw()).text();
    }
}
