package io.k8sincident.activities.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.k8sincident.activities.audit.AuditUnavailableException;
import io.k8sincident.activities.audit.ChainedEntry;
import io.k8sincident.activities.audit.TrailEntry;
import io.k8sincident.activities.audit.store.StoredTrail;
import io.k8sincident.activities.postgres.CommitProxy.Fault;
import io.k8sincident.activities.testing.FaultRow;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The connection is lost while a commit is under way: reading tells what became of it. */
@FaultRow("commit of the trail without an answer")
class UnansweredCommitTest {
    @RegisterExtension
    final MigratedDatabase database = new MigratedDatabase();

    @Test
    void promisesWhatTheServerDid() throws IOException, SQLException {
        try (CommitProxy proxy = new CommitProxy(database.get().server.port(), Fault.BEFORE_THE_ANSWER, 1)) {
            ChainedEntry entry = trail(proxy, Duration.ofSeconds(30)).append(entry("once"));

            assertThat(entry.sequence()).isEqualTo(1);
            assertThat(proxy.dropped).hasValue(1);
            assertThat(database.get().lines()).singleElement().asString().contains("\"once\"");
        }
    }

    @Test
    void saysThatNothingWasWrittenWhereTheServerNeverHeardOfIt() throws IOException, SQLException {
        try (CommitProxy proxy = new CommitProxy(database.get().server.port(), Fault.BEFORE_THE_SERVER, 1)) {
            StoredTrail trail = trail(proxy, Duration.ofSeconds(30));

            assertThatThrownBy(() -> trail.append(entry("never")))
                    .isInstanceOf(AuditUnavailableException.class)
                    .hasMessageContaining("it was looked up: nothing was written");

            assertThat(database.get().lines()).isEmpty();
            assertThat(trail.append(entry("next")).sequence()).isEqualTo(1);
        }
    }

    @Test
    void waitsForTheEndOfATransactionThatIsStillUnderWay() throws Exception {
        try (CommitProxy proxy = new CommitProxy(database.get().server.port(), Fault.BEFORE_THE_ANSWER, 1);
                Connection slow = database.get().superuser().connections().open();
                Statement statement = slow.createStatement()) {
            // A trigger that fires at the commit, and waits for the one who holds this other lock.
            TestDatabase.execute(
                    database.get().superuser(),
                    "CREATE FUNCTION incident.slow() RETURNS trigger LANGUAGE plpgsql AS"
                            + " 'BEGIN PERFORM pg_advisory_xact_lock(1); RETURN NULL; END'",
                    "CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON incident.audit_record DEFERRABLE INITIALLY DEFERRED"
                            + " FOR EACH ROW EXECUTE FUNCTION incident.slow()");
            statement.execute("SELECT pg_advisory_lock(1)");
            StoredTrail trail = trail(proxy, Duration.ofSeconds(30));
            var appended = java.util.concurrent.CompletableFuture.supplyAsync(() -> trail.append(entry("slowly")));
            // The commit waits for the lock, and the settlement for the commit.
            org.awaitility.Awaitility.await()
                    .until(() -> database.get()
                            .select("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
                            .equals(List.of("2")));
            assertThat(appended).isNotDone();

            statement.execute("SELECT pg_advisory_unlock(1)");

            assertThat(appended.get().sequence()).isEqualTo(1);
            assertThat(database.get().lines()).hasSize(1);
        }
    }

    @Test
    void saysThatNobodyKnowsWhereTheServerDoesNotComeBack() throws Exception {
        try (CommitProxy proxy = new CommitProxy(database.get().server.port(), Fault.BEFORE_THE_ANSWER, 1)) {
            Database once = proxied(proxy);
            var connections = new java.util.concurrent.atomic.AtomicInteger();
            StoredTrail trail = StoredTrail.unsealed(
                    new PostgresTrailStore(
                            new Database(once.name(), () -> {
                                if (connections.getAndIncrement() > 0) {
                                    throw new SQLException("the server is gone", "08001");
                                }
                                return once.connections().open();
                            }),
                            Duration.ofMillis(300)),
                    Clock.systemUTC());

            assertThatThrownBy(() -> trail.append(entry("unknown")))
                    .isInstanceOf(AuditUnavailableException.class)
                    .hasMessageContaining("whether it was written is not known")
                    .hasMessageContaining("the server is gone");
        }
    }

    @Test
    void takesAnIdAgainAfterAnUnansweredCommit() throws IOException {
        for (Fault fault : Fault.values()) {
            try (CommitProxy proxy = new CommitProxy(database.get().server.port(), fault, 1)) {
                PostgresLedger ledger = new PostgresLedger(proxied(proxy));

                assertThat(ledger.take(List.of(fault.name()), "alice")).isEmpty();
                assertThat(proxy.dropped).hasValue(1);
                assertThat(ledger.take(List.of(fault.name()), "bob")).contains(fault.name());
            }
        }
    }

    @Test
    void storesABlobAfterAnUnansweredCommit() throws IOException {
        for (Fault fault : Fault.values()) {
            try (CommitProxy proxy = new CommitProxy(database.get().server.port(), fault, 1)) {
                PostgresBlobStore blobs = new PostgresBlobStore(proxied(proxy));
                byte[] content = fault.name().getBytes(java.nio.charset.StandardCharsets.UTF_8);

                assertThat(blobs.get(blobs.put(content))).contains(content);
                assertThat(proxy.dropped).hasValue(1);
            }
        }
    }

    private StoredTrail trail(CommitProxy proxy, Duration patience) {
        return StoredTrail.unsealed(new PostgresTrailStore(proxied(proxy), patience), Clock.systemUTC());
    }

    private Database proxied(CommitProxy proxy) {
        return Database.direct(database.get()
                .workerAddress("jdbc:postgresql://127.0.0.1:" + proxy.port() + "/" + database.get().name
                        + "?sslmode=disable"));
    }

    private static TrailEntry entry(String event) {
        return TrailEntry.of("incident", "run", event, Map.of("key", event));
    }
}
