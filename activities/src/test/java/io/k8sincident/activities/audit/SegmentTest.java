package io.k8sincident.activities.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.audit.store.Seals;
import io.k8sincident.activities.audit.store.StoredTrail;
import io.k8sincident.activities.audit.verify.Flaw.Kind;
import io.k8sincident.activities.audit.verify.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A trail in several files. */
class SegmentTest {
    @TempDir
    Path directory = Path.of("");

    private TrailFixture trail = new TrailFixture(Path.of(""));

    @BeforeEach
    void fill() {
        trail = new TrailFixture(directory).append(20, 10);
    }

    @Test
    void goesOnInAnotherFileWhileATrailIsOpen() throws IOException {
        try (StoredTrail open = trail.open(10)) {
            open.append(TrailFixture.entry("before"));
            Path closed = start();
            open.append(TrailFixture.entry("after"));

            assertThat(closed).hasFileName("audit-000000000001.jsonl");
            assertThat(open.find("incident:local:demo:deployment:crashy", "before"))
                    .hasSize(1);
            assertThat(open.find("incident:local:demo:deployment:crashy", "after"))
                    .hasSize(1);
        }

        assertThat(trail.lines()).hasSize(2);
        Verdict verdict = trail.verify();
        assertThat(verdict.flaw()).isNull();
        assertThat(verdict.first()).isEqualTo(1);
        assertThat(verdict.sealed()).isEqualTo(24);
    }

    @Test
    void verifiesWithoutTheSegmentsThatWerePutAway() throws IOException {
        Path first = start();
        trail.append(5, 10);
        Path second = start();
        trail.append(5, 10);
        assertThat(second).hasFileName("audit-000000000022.jsonl");
        Files.delete(first);

        Verdict verdict = trail.verifyFrom(22);
        assertThat(verdict.flaw()).isNull();
        assertThat(verdict.notes())
                .singleElement()
                .asString()
                .startsWith("records 1 to 21 are not here, as was expected");
        assertThat(verdict.first()).isEqualTo(22);
        assertThat(verdict.sealed()).isEqualTo(33);

        Files.delete(second);
        assertThat(trail.verifyFrom(28).flaw()).isNull();
    }

    /** Whoever takes the oldest segments away leaves a trail that fits every checkpoint. */
    @Test
    void noticesThatTheOldestSegmentsAreMissingUnlessThatWasExpected() throws IOException {
        Path first = start();
        trail.append(5, 10);
        Path second = start();
        Files.delete(first);

        Verdict stolen = trail.verify();

        assertThat(stolen.flaw()).isNotNull();
        assertThat(stolen.flaw().kind()).isEqualTo(Kind.DROPPED);
        assertThat(stolen.flaw().sequence()).isEqualTo(1);
        assertThat(stolen.flaw().text()).contains("records 1 to 21 are not here", "--begins-at 22");
        assertThat(trail.verifyFrom(22).flaw()).isNull();

        Files.delete(second);
        Verdict more = trail.verifyFrom(22);
        assertThat(more.flaw()).isNotNull();
        assertThat(more.flaw().sequence()).isEqualTo(22);
        assertThat(more.flaw().text()).contains("records 22 to 27 are not here");
    }

    /** As an older state of trail and checkpoints, put back together. */
    @Test
    void isNotGoodWhereItEndsBeforeTheRecordThatWasExpected() throws IOException {
        var unused = start();

        Verdict older = trail.verifyFrom(500);

        assertThat(older.flaw()).isNotNull();
        assertThat(older.flaw().kind()).isEqualTo(Kind.TRUNCATED);
        assertThat(older.flaw().text()).contains("record 500 is not here");
    }

    @Test
    void isGoodWhereMoreIsThereThanWasExpected() throws IOException {
        var unused = start();

        assertThat(trail.verifyFrom(22).flaw()).isNull();
        assertThat(trail.verifyFrom(22).notes())
                .doesNotHave(new org.assertj.core.api.Condition<>(
                        notes -> notes.toString().contains("not here"), "missing records"));
    }

    @Test
    void noticesASegmentMissingInBetween() throws IOException {
        var unused = start();
        trail.append(5, 10);
        Files.delete(start());

        Verdict verdict = trail.verify();

        assertThat(verdict.flaw()).isNotNull();
        assertThat(verdict.flaw().kind()).isEqualTo(Kind.DROPPED);
        assertThat(verdict.flaw().sequence()).isEqualTo(22);
    }

    @Test
    void doesNotTakeACutForTheBeginningOfASegment() throws IOException {
        List<String> lines = trail.lines();
        trail.write(lines.subList(11, lines.size()));

        Verdict verdict = trail.verify();

        assertThat(verdict.flaw()).isNotNull();
        assertThat(verdict.flaw().kind()).isEqualTo(Kind.DROPPED);
        assertThat(verdict.flaw().sequence()).isEqualTo(1);
    }

    @Test
    void comesBackAfterACrashBetweenItsSteps() throws IOException {
        Files.createLink(directory.resolve("audit-000000000001.jsonl"), trail.files.current());
        Files.writeString(directory.resolve("audit.jsonl.next"), "{");
        assertThat(trail.verify().flaw()).isNull();
        trail.append(3, 10);

        var unused = start();
        trail.append(1, 10);

        Verdict verdict = trail.verify();
        assertThat(verdict.flaw()).isNull();
        assertThat(verdict.sealed()).isEqualTo(26);
    }

    private Path start() throws IOException {
        return trail.store().startSegment(new Seals(trail.keys, Clock.systemUTC()), Clock.systemUTC());
    }
}
