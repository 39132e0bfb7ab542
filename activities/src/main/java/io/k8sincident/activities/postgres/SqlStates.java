package io.k8sincident.activities.postgres;

import java.sql.SQLException;

/** What the server's error codes mean for us (PostgreSQL documentation, appendix A). */
final class SqlStates {
    private SqlStates() {}

    /** Whether the connection is gone, so that nobody knows what became of what was asked last. */
    static boolean lost(SQLException e) {
        String state = state(e);
        return state.startsWith("08") || state.startsWith("57P");
    }

    /** One sentence that a person can act on; the driver's messages hold no password. */
    static String explain(String database, SQLException e) {
        String said = said(database, e);
        return switch (state(e)) {
            case "28P01", "28000" ->
                said + " · correct INCIDENT_AUDIT_DATABASE_USER and INCIDENT_AUDIT_DATABASE_PASSWORD";
            case "3D000" -> said + " · make it: deploy/postgres/roles.sql";
            case "3F000", "42P01" -> said + " · make its tables: incident audit migrate";
            case "42501" -> said + " · give the worker's role its rights: incident audit migrate";
            case "55P03" -> said + " · another process has held the trail for longer than 20 s: see pg_stat_activity";
            case "53100" -> said + " · free its disk";
            default -> lost(e) ? said + " · see that it runs and can be reached from here" : said;
        };
    }

    /** What the driver or the server said, without what to do about it. */
    static String said(String database, SQLException e) {
        return database + ": " + firstLine(e);
    }

    private static String state(SQLException e) {
        return e.getSQLState() == null ? "" : e.getSQLState();
    }

    /** Of what the driver said, where a pool only says that it waited in vain. */
    private static String firstLine(SQLException e) {
        Throwable said = e;
        while (said.getCause() instanceof SQLException cause) {
            said = cause;
        }
        return String.valueOf(said.getMessage()).lines().findFirst().orElse("");
    }
}
