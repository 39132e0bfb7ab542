package io.k8sincident.activities.postgres;

import io.k8sincident.activities.blob.BlobException;
import io.k8sincident.activities.blob.BlobStore;
import io.k8sincident.activities.blob.Digest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Blobs as rows in PostgreSQL, by digest. */
public final class PostgresBlobStore implements BlobStore {
    private final Database database;

    public PostgresBlobStore(Database database) {
        this.database = database;
    }

    /**
     * As promised by the port.
     *
     * @throws BlobException if the database does not take it, or holds something else under this digest
     */
    @Override
    public String put(byte[] content) {
        String digest = Digest.of(content);
        try {
            if (!database.repeatably(connection -> insert(connection, digest, content))
                    && get(digest).isEmpty()) {
                throw new BlobException(
                        "the blob " + digest + " was changed in " + database.name()
                                + ". Nothing was stored and nothing depends on it. Next: the owner of the tables takes the"
                                + " row away (docs/audit.md), and it is stored again.",
                        new IllegalStateException("its content has another digest"));
            }
            return digest;
        } catch (SQLException e) {
            throw unavailable("Could not store " + content.length + " bytes in ", e);
        }
    }

    @Override
    public Optional<byte[]> get(String digest) {
        try {
            return database.repeatably(connection -> select(connection, digest))
                    .filter(content -> Digest.of(content).equals(digest));
        } catch (SQLException e) {
            throw unavailable("Could not read " + digest + " from ", e);
        }
    }

    private static boolean insert(Connection connection, String digest, byte[] content) throws SQLException {
        String sql = "INSERT INTO incident.blob (digest, content) VALUES (?, ?) ON CONFLICT DO NOTHING";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setString(1, digest);
            insert.setBytes(2, content);
            return insert.executeUpdate() == 1;
        }
    }

    private static Optional<byte[]> select(Connection connection, String digest) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT content FROM incident.blob WHERE digest = ?")) {
            select.setString(1, digest.replace("\u0000", ""));
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(row.getBytes(1)) : Optional.empty();
            }
        }
    }

    private BlobException unavailable(String what, SQLException e) {
        return new BlobException(
                what + SqlStates.explain(database.name(), e)
                        + ". Nothing was stored and nothing depends on it. Next: incident doctor",
                e);
    }
}
