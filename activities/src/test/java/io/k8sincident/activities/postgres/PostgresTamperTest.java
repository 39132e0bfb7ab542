package io.k8sincident.activities.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.k8sincident.activities.audit.TamperContract;
import io.k8sincident.activities.audit.TamperedTrail;
import io.k8sincident.activities.audit.verify.Flaw.Kind;
import io.k8sincident.activities.testing.FaultRow;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same in a database by its superuser, and what only a database allows. */
@FaultRow("trail in PostgreSQL edited, cut, reordered, sealed anew")
class PostgresTamperTest extends TamperContract {
    private final List<TestDatabase> databases = new ArrayList<>();

    @Override
    protected TamperedTrail trailIn(Path where) throws IOException, SQLException {
        TestDatabase database = TestDatabase.migrated();
        databases.add(database);
        return new PostgresTrailFixture(database, where);
    }

    @AfterEach
    void close() {
        databases.forEach(TestDatabase::close);
    }

    @ParameterizedTest
    @CsvSource({
        "DELETE FROM incident.audit_record WHERE sequence = 12, DROPPED, 12",
        "DELETE FROM incident.audit_record WHERE sequence > 17, TRUNCATED, 18",
        "'UPDATE incident.audit_record SET line = overlay(line PLACING ''X'' FROM 30) WHERE sequence = 7', EDITED, 7",
        "TRUNCATE incident.audit_checkpoint, UNSEALED, 0",
        "TRUNCATE incident.audit_record, TRUNCATED, 1",
    })
    void namesTheFirstBadRecordAfterAStatement(String statement, Kind kind, long sequence) throws IOException {
        tamper(statement);

        expect(trail.verify(), kind, sequence);
    }

    @ParameterizedTest
    @CsvSource({
        "UPDATE incident.audit_record SET incident = 'another' WHERE sequence = 7",
        "UPDATE incident.audit_record SET event = 'another' WHERE sequence = 7",
        "UPDATE incident.audit_record SET incident = '' WHERE sequence IN (7; 9)",
    })
    void namesTheFirstRecordThatWouldNotBeFound(String statement) throws IOException {
        tamper(statement.replace(';', ','));

        String text = expect(trail.verify(), Kind.MISFILED, 7);

        assertThat(text).contains("it would not be found");
    }

    @Test
    void noticesThatTheLastRecordIsKeptUnderAnotherSequence() throws IOException {
        tamper("UPDATE incident.audit_record SET sequence = 99 WHERE sequence = 41");

        expect(trail.verify(), Kind.MISFILED, 41);
    }

    /** Read as lines they fit the chain and every checkpoint. */
    @ParameterizedTest
    @CsvSource({
        "7, 8", "11, 12", "40, 41",
    })
    void noticesTwoRecordsInOneRow(int kept, int hidden) throws IOException {
        tamper("ALTER TABLE incident.audit_record DROP CONSTRAINT IF EXISTS audit_record_one_line");
        tamper(
                "UPDATE incident.audit_record SET line = line || '\\x0a' || (SELECT line FROM incident.audit_record WHERE"
                        + " sequence = " + hidden + ") WHERE sequence = " + kept);
        tamper("DELETE FROM incident.audit_record WHERE sequence = " + hidden);

        String text = expect(trail.verify(), Kind.MISFILED, kept);

        assertThat(text).contains("row " + kept + " holds more than one line", "would be found");
    }

    @Test
    void takesNoRowOfTwoLines() {
        assertThatThrownBy(() -> tamper("INSERT INTO incident.audit_record VALUES (42, '', '', 'a\\012b')"))
                .hasMessageContaining("audit_record_one_line");
        assertThatThrownBy(() -> tamper("INSERT INTO incident.audit_checkpoint VALUES (42, 'a\\012b')"))
                .hasMessageContaining("audit_checkpoint_one_line");
    }

    @Test
    void readsInOneSnapshotWhileAWorkerAppends() throws IOException {
        PostgresTrailFixture open = (PostgresTrailFixture) trail;
        for (int i = 0; i < 20; i++) {
            Thread appending = new Thread(() -> open.append(20, 3));
            appending.start();
            assertThat(trail.verify().flaw()).isNull();
            join(appending);
        }
        assertThat(trail.verify().notes()).isEmpty();
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tamper(String statement) throws IOException {
        ((PostgresTrailFixture) trail).tamper(statement);
    }
}
