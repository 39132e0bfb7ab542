package io.k8sincident.worker.faults;

import io.k8sincident.activities.postgres.DatabaseAddress;
import io.k8sincident.activities.postgres.Migration;
import io.k8sincident.scenarios.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** A database for the trail, on a real server, with the roles of {@code deploy/postgres/roles.sql}. */
final class TrailDatabase implements AutoCloseable {
    private static final Path ROLES = Path.of("..", "deploy", "postgres", "roles.sql");

    private final PostgresServer server;

    TrailDatabase(PostgresServer server) throws IOException, SQLException {
        this.server = server;
        try (Connection connection = DriverManager.getConnection(
                        server.url("postgres"), PostgresServer.SUPERUSER, PostgresServer.PASSWORD);
                Statement statement = connection.createStatement()) {
            for (String each :
                    Files.readString(ROLES).replaceAll("(?m)^--.*$", "").split(";", -1)) {
                if (!each.isBlank()) {
                    statement.execute(each);
                }
            }
        }
        var unused =
                new Migration(DatabaseAddress.of(url(), "incident_owner", "change-this-owner")).run("incident_worker");
    }

    /** What a worker needs to find it. */
    Map<String, String> environment() {
        return Map.of(
                "INCIDENT_AUDIT_DATABASE",
                url(),
                "INCIDENT_AUDIT_DATABASE_USER",
                "incident_worker",
                "INCIDENT_AUDIT_DATABASE_PASSWORD",
                "change-this-worker");
    }

    private String url() {
        return server.url("incident");
    }

    @Override
    public void close() {
        server.close();
    }
}
