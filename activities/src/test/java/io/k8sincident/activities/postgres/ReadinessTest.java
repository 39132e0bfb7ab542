package io.k8sincident.activities.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.scenarios.postgres.PostgresServer;
import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadinessTest {
    private TestDatabase database;

    @BeforeEach
    void make() throws IOException, SQLException {
        database = TestDatabase.separate();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void findsNothingInTheWayOfTheWorkersRole() {
        assertThat(new Readiness(database.worker()).obstacle()).isEmpty();
    }

    @Test
    void refusesRolesThatCouldChangeWhatIsRecorded() throws SQLException {
        expect(database.owner(), "could change what is recorded", "OWNER", "INCIDENT_AUDIT_DATABASE_USER");
        expect(database.superuser(), "could change what is recorded", "UPDATE, DELETE, TRUNCATE");

        TestDatabase.execute(database.owner(), "GRANT UPDATE (owner) ON incident.decision TO " + database.workerRole());
        expect(database.worker(), "the role " + database.workerRole() + " could change", "(UPDATE)");
    }

    @Test
    void refusesARoleThatCanBecomeTheOwner() throws SQLException {
        TestDatabase.execute(
                database.superuser(),
                "ALTER ROLE " + database.workerRole() + " NOINHERIT",
                "GRANT " + database.ownerRole() + " TO " + database.workerRole());

        expect(database.worker(), "could change what is recorded", "(OWNER)");
    }

    @Test
    void saysWhatIsMissing() throws IOException, SQLException {
        try (TestDatabase empty = TestDatabase.empty()) {
            expect(empty.worker(), "has no table incident.audit_record", "incident audit migrate");
        }
        TestDatabase.execute(database.owner(), "REVOKE INSERT ON incident.blob FROM " + database.workerRole());
        expect(database.worker(), "may not insert and read incident.blob", "incident audit migrate --worker-role");

        TestDatabase.execute(database.owner(), "REVOKE ALL ON SCHEMA incident FROM " + database.workerRole());
        expect(database.worker(), "may not use the schema incident", "incident audit migrate --worker-role");
    }

    @Test
    void refusesTablesOfAnEarlierVersion() throws SQLException {
        TestDatabase.execute(database.owner(), "UPDATE incident.schema_history SET version = '0'");

        expect(database.worker(), "are of version 0, and version 1 is needed", "incident audit migrate");
    }

    @Test
    void refusesAServerThatDoesNotSync() throws IOException, SQLException, InterruptedException {
        try (PostgresServer server = TestDatabase.ownServer();
                TestDatabase careless = TestDatabase.migrated(server)) {
            TestDatabase.execute(careless.superuser(), "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()");
            org.awaitility.Awaitility.await().untilAsserted(() -> expect(careless.worker(), "runs with fsync = off"));
        }
    }

    @Test
    void saysWhyItCannotLogIn() {
        String url = database.server.url(database.name);
        expect(
                Database.direct(DatabaseAddress.of(url, database.workerRole(), "wrong")),
                "password authentication failed",
                "INCIDENT_AUDIT_DATABASE_PASSWORD");
        expect(
                Database.direct(DatabaseAddress.of(
                        database.server.url("nowhere"), database.workerRole(), "change-this-worker")),
                "\"nowhere\" does not exist",
                "roles.sql");
        expect(
                Database.direct(DatabaseAddress.of("jdbc:postgresql://127.0.0.1:1/incident", "worker", "hidden")),
                "jdbc:postgresql://127.0.0.1:1/incident",
                "refused",
                "see that it runs");
    }

    private static void expect(Database database, String... said) {
        assertThat(new Readiness(database).obstacle())
                .hasValueSatisfying(obstacle -> assertThat(obstacle)
                        .contains(said)
                        .contains(" · ")
                        .doesNotContain("hidden", "change-this", "\n"));
    }
}
