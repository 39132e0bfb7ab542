package io.k8sincident.activities.postgres;

import io.k8sincident.activities.audit.chain.Heading;
import io.k8sincident.activities.audit.verify.Flaw;
import io.k8sincident.activities.audit.verify.LineSource;
import java.io.IOException;
import java.io.InputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The records or the checkpoints of a trail in PostgreSQL as lines, as they were at the moment of opening. They are read
 * some at a time, without the lock: nobody waits for a reader. Not thread-safe.
 */
public final class PostgresLines implements LineSource {
    private final Database database;
    private final String table;
    private final String sql;
    private final boolean filed;
    private @Nullable Flaw flaw;
    private long last;

    private PostgresLines(Database database, String table, boolean filed, String sql) {
        this.database = database;
        this.table = table;
        this.filed = filed;
        this.sql = sql;
    }

    /** The records; it is checked that each is kept under what it would be looked up by. */
    public static PostgresLines records(Database database) {
        return new PostgresLines(
                database,
                "audit_record",
                true,
                "SELECT line, sequence, incident, event FROM incident.audit_record ORDER BY sequence");
    }

    /** The records from one on, and before another. */
    static PostgresLines records(Database database, long from, long before) {
        return new PostgresLines(
                database,
                "audit_record",
                false,
                "SELECT line FROM incident.audit_record WHERE sequence >= " + from + " AND sequence < " + before
                        + " ORDER BY sequence");
    }

    public static PostgresLines checkpoints(Database database) {
        return new PostgresLines(
                database, "audit_checkpoint", false, "SELECT line FROM incident.audit_checkpoint ORDER BY sequence");
    }

    @Override
    public String name() {
        return database.name() + " " + table;
    }

    @Override
    public Optional<Flaw> flaw() {
        return Optional.ofNullable(flaw);
    }

    @Override
    public InputStream open() throws IOException {
        flaw = null;
        last = 0;
        try {
            return new RowStream(database, sql, filed ? this::check : (row, line) -> {});
        } catch (SQLException e) {
            throw new IOException(SqlStates.explain(database.name(), e), e);
        }
    }

    /** A line that is none, or that is out of order, is told of by the check of the chain; two in one row are not. */
    private void check(ResultSet row, byte[] line) throws SQLException {
        if (flaw != null) {
            return;
        }
        flaw = Filing.several(row, line, name()).orElse(null);
        Heading heading = flaw == null ? Heading.of(line).orElse(null) : null;
        if (heading != null && heading.sequence() > last) {
            last = heading.sequence();
            flaw = Filing.flaw(row, heading, name()).orElse(null);
        }
    }
}
