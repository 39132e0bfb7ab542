package io.k8sincident.activities.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.k8sincident.activities.audit.TamperedTrail;
import io.k8sincident.activities.audit.TrailFixture;
import io.k8sincident.activities.audit.seal.KeyFile;
import io.k8sincident.activities.audit.store.SealingPace;
import io.k8sincident.activities.audit.store.StoredTrail;
import io.k8sincident.activities.audit.verify.LineSource;
import io.k8sincident.activities.audit.verify.TrailVerifier;
import io.k8sincident.activities.audit.verify.TrustedKeys;
import io.k8sincident.activities.audit.verify.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A real trail in a database, and what its superuser could do to it. */
final class PostgresTrailFixture implements TamperedTrail {
    private static final ObjectMapper JSON = new ObjectMapper();

    final TestDatabase database;
    private final Database worker;
    private final KeyFile keys;

    PostgresTrailFixture(TestDatabase database, Path directory) {
        this.database = database;
        this.worker = database.worker();
        this.keys = new KeyFile(directory.resolve(KeyFile.FILE));
    }

    PostgresTrailStore store() {
        return new PostgresTrailStore(worker);
    }

    StoredTrail open(long pace) {
        return StoredTrail.sealed(
                store(), keys, new SealingPace(pace, Duration.ofHours(1)), Clock.systemUTC(), line -> {});
    }

    @Override
    public KeyFile keys() {
        return keys;
    }

    @Override
    public PostgresTrailFixture append(int records, long pace) {
        try (StoredTrail trail = open(pace)) {
            for (int i = 0; i < records; i++) {
                trail.append(TrailFixture.entry("event_" + i));
            }
        }
        return this;
    }

    @Override
    public List<String> lines() throws IOException {
        return select("audit_record");
    }

    @Override
    public List<String> checkpoints() throws IOException {
        return select("audit_checkpoint");
    }

    private List<String> select(String table) throws IOException {
        try {
            return new ArrayList<>(
                    database.select("SELECT convert_from(line, 'UTF8') FROM incident." + table + " ORDER BY sequence"));
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    /** As rows in this order, each kept under what its line says where that is possible. */
    @Override
    public void write(List<String> lines) throws IOException {
        List<Object[]> rows = new ArrayList<>();
        for (String line : lines) {
            JsonNode record = JSON.readTree(line);
            rows.add(new Object[] {
                rows.size() + 1L,
                record.path("incident").asText(),
                record.path("event").asText(),
                line.getBytes(StandardCharsets.UTF_8)
            });
        }
        replace("audit_record", rows);
    }

    @Override
    public void writeCheckpoints(List<String> checkpoints) throws IOException {
        List<Object[]> rows = new ArrayList<>();
        for (String line : checkpoints) {
            rows.add(new Object[] {rows.size() + 1L, line.getBytes(StandardCharsets.UTF_8)});
        }
        replace("audit_checkpoint", rows);
    }

    private void replace(String table, List<Object[]> rows) throws IOException {
        tamper("DELETE FROM incident." + table);
        try (Connection connection = database.superuser().connections().open()) {
            for (Object[] row : rows) {
                String marks = "?, ".repeat(row.length - 1) + "?";
                try (PreparedStatement insert =
                        connection.prepareStatement("INSERT INTO incident." + table + " VALUES (" + marks + ")")) {
                    for (int i = 0; i < row.length; i++) {
                        insert.setObject(i + 1, row[i]);
                    }
                    var unused = insert.executeUpdate();
                }
            }
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    /** As the superuser, past the triggers. */
    void tamper(String statement) throws IOException {
        try {
            TestDatabase.execute(database.superuser(), "SET session_replication_role = replica", statement);
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    @Override
    public Verdict verify(TrustedKeys trusted, long begins, Path... copies) throws IOException {
        List<LineSource> checkpoints = new ArrayList<>(List.of(PostgresLines.checkpoints(worker)));
        for (Path copy : copies) {
            checkpoints.add(LineSource.of(copy));
        }
        return new TrailVerifier(List.of(PostgresLines.records(worker)), checkpoints, trusted, begins).verify();
    }
}
