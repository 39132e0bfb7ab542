package io.k8sincident.activities.postgres;

import io.k8sincident.activities.audit.ChainedEntry;
import io.k8sincident.activities.audit.chain.ChainedLine;
import io.k8sincident.activities.audit.store.TrailStore;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A trail in PostgreSQL. Who appends holds an advisory lock until the transaction ends, so that the chain has one end, and
 * the sequence is the primary key, so that it has one even if somebody does without the lock. A batch is one transaction;
 * the role only inserts and selects. Where a commit is not answered, the rows tell whether it happened.
 */
public final class PostgresTrailStore implements TrailStore {
    /** The same in every process: there is one trail in a database. */
    static final String LOCK = "SELECT pg_advisory_xact_lock(7743107653894907252)";

    /** A server that was killed is back within seconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Database database;
    private final Settlement settlement;

    public PostgresTrailStore(Database database) {
        this(database, PATIENCE);
    }

    /** @param patience how long an unanswered commit is looked after before nobody knows */
    PostgresTrailStore(Database database, Duration patience) {
        this.database = database;
        this.settlement = new Settlement(database, patience);
    }

    @Override
    public String name() {
        return database.name();
    }

    @Override
    public <T> T exclusively(Work<T> work) throws IOException {
        Connection connection = begin();
        try {
            PostgresSession session = new PostgresSession(connection);
            T result = work.in(session);
            commit(connection, session);
            return result;
        } finally {
            Database.close(connection);
        }
    }

    private void commit(Connection connection, PostgresSession session) throws IOException {
        try {
            connection.commit();
        } catch (SQLException unanswered) {
            Database.close(connection);
            if (session.written().isPresent()
                    && !settlement.happened(session.written().get(), unanswered)) {
                throw new IOException(
                        SqlStates.explain(database.name(), unanswered) + " · it was looked up: nothing was written",
                        unanswered);
            }
        }
    }

    private Connection begin() throws IOException {
        try {
            return database.begin(LOCK);
        } catch (SQLException e) {
            throw new IOException(SqlStates.explain(database.name(), e), e);
        }
    }

    @Override
    public List<ChainedEntry> find(String incident, String event) throws IOException {
        try {
            return database.repeatably(connection -> find(connection, incident, event));
        } catch (SQLException e) {
            throw new IOException(SqlStates.explain(database.name(), e), e);
        }
    }

    private static List<ChainedEntry> find(Connection connection, String incident, String event) throws SQLException {
        String sql = "SELECT line FROM incident.audit_record WHERE incident = ? AND event = ? ORDER BY sequence";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, Filing.incident(incident));
            select.setString(2, Filing.event(event));
            List<ChainedEntry> found = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    ChainedLine.parse(rows.getBytes(1))
                            .map(ChainedLine::entry)
                            .filter(entry -> entry.incident().equals(incident)
                                    && entry.event().equals(event))
                            .ifPresent(found::add);
                }
            }
            return found;
        }
    }
}
