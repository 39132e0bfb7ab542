package io.k8sincident.activities.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * One database, by whatever opens connections to it. Thread-safe.
 *
 * @param name how messages call it, without credentials
 */
public record Database(String name, Connections connections) {
    /** Opens connections; a pool's are given back by closing them. Thread-safe. */
    @FunctionalInterface
    public interface Connections {
        Connection open() throws SQLException;
    }

    /** What is done with a connection. */
    @FunctionalInterface
    interface Use<T> {
        T of(Connection connection) throws SQLException;
    }

    /** A pool may hold several whose server has gone meanwhile. */
    private static final int ATTEMPTS = 5;

    /**
     * What each transaction begins with. The setting of a role or of the server must not take durability away, and nobody
     * may keep the others waiting for ever.
     */
    private static final String DURABLE = "SET LOCAL synchronous_commit = on; SET LOCAL lock_timeout = '20s'; "
            + "SET LOCAL idle_in_transaction_session_timeout = '60s'";

    /** A new connection each time, for a process that needs a few. */
    public static Database direct(DatabaseAddress address) {
        return new Database(address.name(), () -> DriverManager.getConnection(address.url(), address.properties()));
    }

    /**
     * Does something in a transaction that is durable on return, and again if the connection is lost: it must be such that
     * twice is as good as once.
     */
    <T> T repeatably(Use<T> use) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            Connection connection = begin("");
            try {
                T result = use.of(connection);
                connection.commit();
                return result;
            } catch (SQLException e) {
                if (attempt == ATTEMPTS || !SqlStates.lost(e)) {
                    throw e;
                }
            } finally {
                close(connection);
            }
        }
    }

    /** Begins a transaction with this statement; nothing has been done yet if a connection turns out to be lost. */
    Connection begin(String statement) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            Connection connection = connections.open();
            try {
                connection.setAutoCommit(false);
                try (Statement begin = connection.createStatement()) {
                    begin.execute(DURABLE + "; " + statement);
                }
                return connection;
            } catch (SQLException e) {
                close(connection);
                if (attempt == ATTEMPTS || !SqlStates.lost(e)) {
                    throw e;
                }
            }
        }
    }

    /** Rolls back what is not committed. */
    static void close(Connection connection) {
        try (connection) {
            if (!connection.isClosed() && !connection.getAutoCommit()) {
                connection.rollback();
            }
        } catch (SQLException e) {
            // It was of no use any more; the server rolls back by itself.
        }
    }
}
