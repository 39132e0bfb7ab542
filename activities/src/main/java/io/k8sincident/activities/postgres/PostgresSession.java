package io.k8sincident.activities.postgres;

import io.k8sincident.activities.audit.TrailEntry;
import io.k8sincident.activities.audit.chain.ChainEnd;
import io.k8sincident.activities.audit.chain.ChainedLine;
import io.k8sincident.activities.audit.seal.Checkpoint;
import io.k8sincident.activities.audit.store.TrailSession;
import io.k8sincident.activities.blob.Digest;
import io.k8sincident.activities.postgres.Settlement.Written;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The tables of a trail within one transaction that holds the lock. Its failures say: nothing was written. */
final class PostgresSession implements TrailSession {
    private static final String RECORDS = "incident.audit_record";
    private static final String CHECKPOINTS = "incident.audit_checkpoint";
    private static final int FETCH = 1_000;

    private final Connection connection;
    private @Nullable Written written;

    PostgresSession(Connection connection) {
        this.connection = connection;
    }

    /** The last row that was appended. */
    Optional<Written> written() {
        return Optional.ofNullable(written);
    }

    /** A transaction is whole or not there: nothing can be torn. */
    @Override
    public Optional<TrailEntry> found() {
        return Optional.empty();
    }

    @Override
    public ChainEnd end() throws IOException {
        Optional<byte[]> line = last(RECORDS);
        if (line.isEmpty()) {
            return ChainEnd.START;
        }
        return ChainedLine.parse(line.get())
                .orElseThrow(() -> new IOException("the last row of " + RECORDS + " is no entry of a trail"))
                .end();
    }

    /** One statement, however many there are. */
    @Override
    public void append(List<ChainedLine> lines) throws IOException {
        String sql = "INSERT INTO " + RECORDS + " (sequence, incident, event, line)"
                + " SELECT * FROM unnest(?::bigint[], ?::text[], ?::text[], ?::bytea[])";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setArray(1, array("bigint", lines, ChainedLine::sequence, Long[]::new));
            insert.setArray(
                    2, array("text", lines, line -> Filing.incident(line.entry().incident()), String[]::new));
            insert.setArray(
                    3, array("text", lines, line -> Filing.event(line.entry().event()), String[]::new));
            insert.setArray(4, array("bytea", lines, ChainedLine::bytes, byte[][]::new));
            ChainedLine last = lines.get(lines.size() - 1);
            written = new Written(RECORDS, last.sequence(), last.hash());
            var unused = insert.executeUpdate();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private <T> Array array(
            String type, List<ChainedLine> lines, Function<ChainedLine, T> column, IntFunction<T[]> values)
            throws SQLException {
        return connection.createArrayOf(type, lines.stream().map(column).toArray(values));
    }

    @Override
    public Optional<Checkpoint> lastCheckpoint() throws IOException {
        Optional<byte[]> line = last(CHECKPOINTS);
        Optional<Checkpoint> checkpoint = line.flatMap(Checkpoint::parse);
        if (line.isPresent() && checkpoint.isEmpty()) {
            throw new IOException("the last row of " + CHECKPOINTS + " is no checkpoint");
        }
        return checkpoint;
    }

    @Override
    public void append(Checkpoint checkpoint) throws IOException {
        byte[] line = checkpoint.line().getBytes(StandardCharsets.UTF_8);
        String sql = "INSERT INTO " + CHECKPOINTS + " (sequence, line) VALUES (?, ?)";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setLong(1, checkpoint.sequence());
            insert.setBytes(2, line);
            written = new Written(CHECKPOINTS, checkpoint.sequence(), Digest.of(line));
            var unused = insert.executeUpdate();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public void linesAfter(long sequence, LineSink sink) throws IOException {
        String sql = "SELECT line FROM " + RECORDS + " WHERE sequence > ? ORDER BY sequence";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setFetchSize(FETCH);
            select.setLong(1, sequence);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    sink.take(rows.getBytes(1));
                }
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private Optional<byte[]> last(String table) throws IOException {
        String sql = "SELECT line FROM " + table + " ORDER BY sequence DESC LIMIT 1";
        try (PreparedStatement select = connection.prepareStatement(sql);
                ResultSet row = select.executeQuery()) {
            return row.next() ? Optional.of(row.getBytes(1)) : Optional.empty();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private static IOException failed(SQLException e) {
        return new IOException(SqlStates.explain("nothing was written", e), e);
    }
}
