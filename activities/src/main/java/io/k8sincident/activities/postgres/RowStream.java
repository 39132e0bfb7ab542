package io.k8sincident.activities.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The first column of a query's rows, each ended by a line feed; some rows are in memory at a time. Not thread-safe. */
final class RowStream extends InputStream {
    /** Sees each row before it is read on. */
    @FunctionalInterface
    interface Witness {
        void see(ResultSet row, byte[] line) throws SQLException;
    }

    private static final int FETCH = 1_000;

    private final Database database;
    private final Connection connection;
    private final ResultSet rows;
    private final Witness witness;
    private byte[] line = {};
    private int at;

    RowStream(Database database, String sql, Witness witness) throws SQLException {
        this.database = database;
        this.witness = witness;
        this.connection = database.begin("SET TRANSACTION READ ONLY");
        try {
            // Closed with the connection.
            Statement select = connection.createStatement();
            select.setFetchSize(FETCH);
            this.rows = select.executeQuery(sql);
        } catch (SQLException e) {
            Database.close(connection);
            throw e;
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        int filled = 0;
        while (filled < length && (at < line.length || next())) {
            int part = Math.min(length - filled, line.length - at);
            System.arraycopy(line, at, to, offset + filled, part);
            at += part;
            filled += part;
        }
        return filled == 0 && length > 0 ? -1 : filled;
    }

    private boolean next() throws IOException {
        try {
            if (!rows.next()) {
                return false;
            }
            byte[] row = rows.getBytes(1);
            witness.see(rows, row);
            line = new byte[row.length + 1];
            System.arraycopy(row, 0, line, 0, row.length);
            line[row.length] = '\n';
            at = 0;
            return true;
        } catch (SQLException e) {
            throw new IOException(SqlStates.explain(database.name(), e), e);
        }
    }

    @Override
    public void close() {
        Database.close(connection);
    }
}
