package io.k8sincident.activities.postgres;

import io.k8sincident.activities.blob.Digest;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Finds out what became of a commit that was not answered. A transaction is whole or not there: one row of it tells. */
final class Settlement {
    private static final long PAUSE_MILLIS = 100;

    /**
     * The last row of a transaction.
     *
     * @param digest of its line
     */
    record Written(String table, long sequence, String digest) {}

    private final Database database;
    private final Duration patience;

    Settlement(Database database, Duration patience) {
        this.database = database;
        this.patience = patience;
    }

    /**
     * Whether it happened; waits for a server that starts again.
     *
     * @throws IOException if the database does not answer in time, so that nobody knows
     */
    boolean happened(Written written, SQLException unanswered) throws IOException {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                return isThere(written);
            } catch (SQLException e) {
                if (System.nanoTime() > end || Thread.currentThread().isInterrupted()) {
                    unanswered.addSuppressed(e);
                    throw new IOException(
                            SqlStates.explain(database.name(), unanswered)
                                    + " · whether it was written is not known: "
                                    + SqlStates.explain(database.name(), e),
                            unanswered);
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
            }
        }
    }

    /** Under the lock, which the server keeps for the transaction in question until that has ended. */
    private boolean isThere(Written written) throws SQLException {
        Connection connection = database.begin(PostgresTrailStore.LOCK);
        String sql = "SELECT line FROM " + written.table() + " WHERE sequence = ?";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, written.sequence());
            try (ResultSet row = select.executeQuery()) {
                return row.next() && Digest.of(row.getBytes(1)).equals(written.digest());
            }
        } finally {
            Database.close(connection);
        }
    }
}
