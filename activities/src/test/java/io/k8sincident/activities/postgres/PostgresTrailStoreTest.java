package io.k8sincident.activities.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.k8sincident.activities.audit.AuditTrail;
import io.k8sincident.activities.audit.AuditTrailContract;
import io.k8sincident.activities.audit.AuditUnavailableException;
import io.k8sincident.activities.audit.TrailEntry;
import io.k8sincident.activities.audit.store.StoredTrail;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresTrailStoreTest extends AuditTrailContract {
    @RegisterExtension
    final MigratedDatabase database = new MigratedDatabase();

    @Override
    protected AuditTrail trail() {
        return StoredTrail.unsealed(new PostgresTrailStore(database.get().worker()), Clock.systemUTC());
    }

    @Override
    protected List<String> lines() throws SQLException {
        return database.get().lines();
    }

    @Test
    void findsAnIncidentWhoseIdNoColumnCanHold() {
        String id = "a\u0000b" + "x".repeat(5_000);
        trail().append(TrailEntry.of(id, "", "wanted", Map.of()));
        trail().append(TrailEntry.of(id + "y", "", "wanted", Map.of()));

        assertThat(trail().find(id, "wanted"))
                .singleElement()
                .satisfies(found -> assertThat(found.incident()).isEqualTo(id));
    }

    @Test
    void saysThatTheTablesAreMissing() throws IOException, SQLException {
        try (TestDatabase empty = TestDatabase.empty()) {
            AuditTrail trail = StoredTrail.unsealed(new PostgresTrailStore(empty.worker()), Clock.systemUTC());

            assertThatThrownBy(() -> trail.append(entry("lost")))
                    .isInstanceOf(AuditUnavailableException.class)
                    .hasMessageContainingAll("nothing was written", "incident audit migrate", "Nothing is changed");
        }
    }

    @Test
    void findsByTheIndexAlone() throws SQLException {
        trail().append(entry("wanted"));

        assertThat(String.join(
                        "\n",
                        database.get()
                                .select(
                                        "EXPLAIN SELECT line FROM incident.audit_record"
                                                + " WHERE incident = 'incident' AND event = 'wanted' ORDER BY sequence",
                                        "SET enable_seqscan = off")))
                .contains("audit_record_incident");
    }
}
