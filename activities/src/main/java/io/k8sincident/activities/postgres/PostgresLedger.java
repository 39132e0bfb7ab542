package io.k8sincident.activities.postgres;

import io.k8sincident.activities.approval.DecisionLedger;
import io.k8sincident.activities.approval.LedgerUnavailableException;
import io.k8sincident.activities.blob.Digest;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** A ledger in PostgreSQL: a row for each id that is taken, of which the primary key allows one. */
public final class PostgresLedger implements DecisionLedger {
    private final Database database;

    public PostgresLedger(Database database) {
        this.database = database;
    }

    @Override
    public Optional<String> take(List<String> ids, String owner) {
        try {
            // Taking is the same once or twice, so an unanswered commit is asked for again.
            return database.repeatably(connection -> take(connection, ids, Digest.of(owner)));
        } catch (SQLException e) {
            throw new LedgerUnavailableException(
                    "the ledger of decisions cannot be used: " + SqlStates.explain(database.name(), e)
                            + ". Nothing is decided or changed without it. Next: incident doctor",
                    e);
        }
    }

    private static Optional<String> take(Connection connection, List<String> ids, String owner) throws SQLException {
        insert(connection, ids, owner);
        Map<String, String> owners = owners(connection, ids);
        Optional<String> taken = ids.stream()
                .filter(id -> !owner.equals(owners.get(Digest.of(id))))
                .findFirst();
        if (taken.isPresent()) {
            connection.rollback();
        }
        return taken;
    }

    /** In one order everywhere: two that want the same ids wait for each other in turn, never in a circle. */
    private static void insert(Connection connection, List<String> ids, String owner) throws SQLException {
        String sql = "INSERT INTO incident.decision (id, owner) VALUES (?, ?) ON CONFLICT DO NOTHING";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (String id : new TreeSet<>(ids.stream().map(Digest::of).toList())) {
                insert.setString(1, id);
                insert.setString(2, owner);
                insert.addBatch();
            }
            var unused = insert.executeBatch();
        }
    }

    private static Map<String, String> owners(Connection connection, List<String> ids) throws SQLException {
        Array digests =
                connection.createArrayOf("text", ids.stream().map(Digest::of).toArray());
        try (PreparedStatement select =
                connection.prepareStatement("SELECT id, owner FROM incident.decision WHERE id = ANY (?)")) {
            select.setArray(1, digests);
            Map<String, String> owners = new HashMap<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    owners.put(rows.getString(1), rows.getString(2));
                }
            }
            return owners;
        }
    }
}
