package io.k8sincident.activities.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether a database is one that a trail can be kept in, by a role that can add to it and not change it. Asked once, at
 * the start of a worker.
 */
public final class Readiness {
    private static final List<String> TABLES =
            List.of("incident.audit_record", "incident.audit_checkpoint", "incident.decision", "incident.blob");

    private static final List<String> TRAIL = TABLES.subList(0, 2);

    private final Database database;

    public Readiness(Database database) {
        this.database = database;
    }

    /** What keeps somebody from reading the trail, as {@link #obstacle}. */
    public Optional<String> obstacleToReading() {
        try {
            return database.repeatably(connection -> tables(connection, TRAIL));
        } catch (SQLException e) {
            return Optional.of(SqlStates.explain(database.name(), e));
        }
    }

    /** What keeps a worker from it, and after {@code  · } what to do; empty if nothing does. */
    public Optional<String> obstacle() {
        try {
            return database.repeatably(connection -> {
                Optional<String> found = server(connection);
                found = found.isPresent() ? found : tables(connection, TABLES);
                found = found.isPresent() ? found : version(connection);
                return found.isPresent() ? found : rights(connection);
            });
        } catch (SQLException e) {
            return Optional.of(SqlStates.explain(database.name(), e));
        }
    }

    private Optional<String> server(Connection connection) throws SQLException {
        String sql = "SELECT pg_is_in_recovery(), current_setting('fsync') = 'off'";
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            var unused = row.next();
            if (row.getBoolean(1)) {
                return Optional.of(database.name() + " is a standby, which takes nothing · name the primary");
            }
            return row.getBoolean(2)
                    ? Optional.of(database.name()
                            + " runs with fsync = off: a crash would lose what was promised · switch" + " it on")
                    : Optional.empty();
        }
    }

    private Optional<String> tables(Connection connection, List<String> tables) throws SQLException {
        // In place of an error that aborts the transaction.
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT count(*) FROM pg_namespace WHERE nspname = 'incident' AND NOT has_schema_privilege(oid,"
                                + " 'USAGE')")) {
            if (row.next() && row.getInt(1) > 0) {
                return Optional.of("the role " + user(connection) + " may not use the schema incident in "
                        + database.name() + " · name the worker's role: INCIDENT_AUDIT_DATABASE_USER, or give it its"
                        + " rights: incident audit migrate --worker-role " + user(connection));
            }
        }
        for (String table : tables) {
            if (!exists(connection, table)) {
                return Optional.of(database.name() + " has no table " + table
                        + " · make it, as its owner: incident audit migrate");
            }
        }
        return Optional.empty();
    }

    private Optional<String> version(Connection connection) throws SQLException {
        int version = versionOf(connection);
        return version < Migration.VERSION
                ? Optional.of("the tables in " + database.name() + " are of version " + version + ", and version "
                        + Migration.VERSION + " is needed · as their owner: incident audit migrate")
                : Optional.empty();
    }

    private Optional<String> rights(Connection connection) throws SQLException {
        List<String> missing = new ArrayList<>();
        List<String> excessive = new ArrayList<>();
        String sql = """
                SELECT has_table_privilege(c.oid, 'SELECT') AND has_table_privilege(c.oid, 'INSERT'),
                       has_any_column_privilege(c.oid, 'UPDATE'), has_table_privilege(c.oid, 'DELETE'),
                       has_table_privilege(c.oid, 'TRUNCATE'), has_table_privilege(c.oid, 'TRIGGER'),
                       pg_has_role(c.relowner, 'MEMBER')
                FROM pg_class c WHERE c.oid = ?::regclass""";
        List<String> names = List.of("UPDATE", "DELETE", "TRUNCATE", "TRIGGER", "OWNER");
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            for (String table : TABLES) {
                select.setString(1, table);
                try (ResultSet row = select.executeQuery()) {
                    var unused = row.next();
                    if (!row.getBoolean(1)) {
                        missing.add(table);
                    }
                    for (int i = 0; i < names.size(); i++) {
                        if (row.getBoolean(i + 2) && !excessive.contains(names.get(i))) {
                            excessive.add(names.get(i));
                        }
                    }
                }
            }
        }
        if (!excessive.isEmpty()) {
            return Optional.of("the role " + user(connection) + " could change what is recorded in " + database.name()
                    + " (" + String.join(", ", excessive) + ") · log in as one that only inserts and reads:"
                    + " INCIDENT_AUDIT_DATABASE_USER=incident_worker, see deploy/postgres/roles.sql");
        }
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("the role " + user(connection) + " may not insert and read " + String.join(", ", missing)
                        + " in " + database.name() + " · give it its rights: incident audit migrate --worker-role "
                        + user(connection));
    }

    private static boolean exists(Connection connection, String table) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT to_regclass(?) IS NOT NULL")) {
            select.setString(1, table);
            try (ResultSet row = select.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private static int versionOf(Connection connection) throws SQLException {
        String sql = "SELECT max(version::int) FROM incident.schema_history WHERE success";
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getInt(1) : 0;
        }
    }

    private static String user(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT current_user")) {
            return row.next() ? row.getString(1) : "";
        }
    }
}
