package io.k8sincident.activities.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the roles of {@code deploy/postgres/roles.sql} may do to what was recorded. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RightsTest {
    private static final String DENIED = "42501";
    private static final List<String> TABLES = List.of("audit_record", "audit_checkpoint", "decision", "blob");

    private TestDatabase database;

    @BeforeAll
    void fill() throws IOException, SQLException {
        database = TestDatabase.separate();
        TestDatabase.execute(
                database.worker(),
                "INSERT INTO incident.audit_record VALUES (1, 'incident', 'event', 'line')",
                "INSERT INTO incident.audit_checkpoint VALUES (1, 'line')",
                "INSERT INTO incident.decision VALUES ('id', 'owner')",
                "INSERT INTO incident.blob VALUES ('digest', 'content')");
    }

    @AfterAll
    void close() {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE incident.%1$s SET %2$s = %2$s",
                "DELETE FROM incident.%s",
                "TRUNCATE incident.%s",
                "DROP TABLE incident.%s",
                "ALTER TABLE incident.%s DISABLE TRIGGER ALL",
                "DROP TRIGGER append_only ON incident.%s",
                "CREATE INDEX ON incident.%s ((1))",
                "CREATE RULE hidden AS ON INSERT TO incident.%s DO INSTEAD NOTHING",
                "ALTER TABLE incident.%s OWNER TO CURRENT_USER"
            })
    void theWorkerMayOnlyInsertAndRead(String statement) {
        for (String table : TABLES) {
            assertDenied(statement.formatted(table, column(table)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DROP SCHEMA incident CASCADE",
                "CREATE TABLE incident.other (a int)",
                "CREATE OR REPLACE FUNCTION incident.refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
                "SET session_replication_role = replica",
                "UPDATE incident.schema_history SET success = false",
                "CREATE TEMP TABLE mine (a int)"
            })
    void theWorkerMayChangeNothingAround(String statement) {
        assertDenied(statement);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UPDATE incident.%1$s SET %2$s = %2$s", "DELETE FROM incident.%s", "TRUNCATE incident.%s"})
    void theOwnerChangesNothingByAccident(String statement) throws SQLException {
        for (String table : TABLES) {
            assertThatThrownBy(() -> TestDatabase.execute(database.owner(), statement.formatted(table, column(table))))
                    .as(table)
                    .hasMessageContaining("is refused: what was recorded stays");
            assertThat(database.select("SELECT count(*) FROM incident." + table))
                    .containsExactly("1");
        }
    }

    @Test
    void migratesOnceAndGivesTheRightsBackEachTime() throws SQLException {
        TestDatabase.execute(database.owner(), "REVOKE INSERT ON incident.blob FROM " + database.workerRole());

        assertThat(new Migration(database.ownerAddress()).run(database.workerRole()))
                .isZero();

        TestDatabase.execute(
                database.worker(), "INSERT INTO incident.blob VALUES ('digest', 'content') ON CONFLICT DO NOTHING");
    }

    @Test
    void migratesForNoRoleThatIsNone() {
        assertThatThrownBy(() -> new Migration(database.ownerAddress()).run("x\"; DROP SCHEMA incident"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void assertDenied(String statement) {
        assertThatThrownBy(() -> TestDatabase.execute(database.worker(), statement))
                .as(statement)
                .isInstanceOfSatisfying(
                        SQLException.class,
                        e -> assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo(DENIED));
    }

    private static String column(String table) {
        return switch (table) {
            case "decision" -> "id";
            case "blob" -> "digest";
            default -> "sequence";
        };
    }
}
