package io.k8sincident.activities.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.k8sincident.scenarios.postgres.PostgresPrograms;
import io.k8sincident.scenarios.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;

/**
 * A database of its own on a real server, with the roles of {@code deploy/postgres/roles.sql} and migrated. The server is
 * shared by all tests of the process, unless a test brings its own. Skips the test where PostgreSQL is not installed.
 */
public final class TestDatabase implements AutoCloseable {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final Path ROLES = Path.of("..", "deploy", "postgres", "roles.sql");
    private static final List<PostgresServer> SHARED = new ArrayList<>();
    private static final List<TestDatabase> TEMPLATES = new ArrayList<>();

    public final PostgresServer server;
    public final String name;
    private final List<HikariDataSource> pools = new ArrayList<>();

    private final String roles;

    /** @param roles what the names of its roles begin with */
    private TestDatabase(PostgresServer server, String name, String roles) {
        this.server = server;
        this.name = name;
        this.roles = roles;
    }

    /** With tables; its roles are those of other tests as well. */
    public static synchronized TestDatabase migrated() throws IOException, SQLException {
        if (TEMPLATES.isEmpty()) {
            TEMPLATES.add(migrated(shared()));
        }
        TestDatabase template = TEMPLATES.get(0);
        TestDatabase made = new TestDatabase(template.server, nextName(), template.roles);
        execute(
                superuser(made.server, "postgres"),
                "CREATE DATABASE " + made.name + " TEMPLATE " + template.name + " OWNER " + made.ownerRole(),
                "REVOKE ALL ON DATABASE " + made.name + " FROM PUBLIC",
                "GRANT CONNECT ON DATABASE " + made.name + " TO " + made.workerRole());
        return made;
    }

    /** With tables and roles of its own, which a test may change. */
    public static TestDatabase separate() throws IOException, SQLException {
        return migrated(shared());
    }

    public static TestDatabase migrated(PostgresServer server) throws IOException, SQLException {
        TestDatabase made = empty(server);
        var unused = new Migration(made.ownerAddress()).run(made.workerRole());
        return made;
    }

    /** With roles of its own, but without tables. */
    public static TestDatabase empty() throws IOException, SQLException {
        return empty(shared());
    }

    private static TestDatabase empty(PostgresServer server) throws IOException, SQLException {
        String name = nextName();
        String roles = Files.readString(ROLES).replaceAll("(?m)^--.*$", "").replaceAll("incident(?=[ _;])", name);
        for (String each : roles.split(";", -1)) {
            if (!each.isBlank()) {
                execute(superuser(server, "postgres"), each);
            }
        }
        return new TestDatabase(server, name, name);
    }

    private static String nextName() {
        return "incident" + NUMBER.incrementAndGet();
    }

    /** A server that a test may kill. */
    public static PostgresServer ownServer() throws IOException {
        return PostgresServer.start(programs());
    }

    public String ownerRole() {
        return roles + "_owner";
    }

    public String workerRole() {
        return roles + "_worker";
    }

    public DatabaseAddress ownerAddress() {
        return DatabaseAddress.of(server.url(name), ownerRole(), "change-this-owner");
    }

    public DatabaseAddress workerAddress() {
        return workerAddress(server.url(name));
    }

    /** The worker by way of another address, such as a proxy's. */
    public DatabaseAddress workerAddress(String url) {
        return DatabaseAddress.of(url, workerRole(), "change-this-worker");
    }

    /** What another process needs to be the worker. */
    public void tell(ProcessBuilder process) {
        process.environment().put("TEST_USER", workerRole());
        process.environment().put("TEST_PASSWORD", "change-this-worker");
    }

    /** As a worker has it: pooled. */
    public Database worker() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(workerAddress().url());
        config.setDataSourceProperties(workerAddress().properties());
        config.setMaximumPoolSize(4);
        config.setMinimumIdle(0);
        HikariDataSource pool = new HikariDataSource(config);
        pools.add(pool);
        return new Database(workerAddress().name(), pool::getConnection);
    }

    public Database owner() {
        return Database.direct(ownerAddress());
    }

    public Database superuser() {
        return superuser(server, name);
    }

    private static Database superuser(PostgresServer server, String database) {
        return Database.direct(
                DatabaseAddress.of(server.url(database), PostgresServer.SUPERUSER, PostgresServer.PASSWORD));
    }

    /** Executes statements as somebody. */
    public static void execute(Database as, String... statements) throws SQLException {
        try (Connection connection = as.connections().open();
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    /** The first column of what the superuser selects, after other statements. */
    public List<String> select(String sql, String... before) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Connection connection = superuser().connections().open();
                Statement statement = connection.createStatement()) {
            for (String each : before) {
                statement.execute(each);
            }
            try (ResultSet rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    values.add(rows.getString(1));
                }
            }
        }
        return values;
    }

    /** The lines of the trail. */
    public List<String> lines() throws SQLException {
        return select("SELECT convert_from(line, 'UTF8') FROM incident.audit_record ORDER BY sequence");
    }

    @Override
    public void close() {
        pools.forEach(HikariDataSource::close);
    }

    private static PostgresPrograms programs() {
        var found = PostgresPrograms.find();
        Assumptions.assumeTrue(
                found.isPresent(),
                "PostgreSQL is not installed (no initdb and postgres on the PATH or in /usr/lib/postgresql/*/bin):"
                        + " apt-get install postgresql");
        return found.orElseThrow();
    }

    /** One server for all tests of this process; it ends with the process. */
    private static synchronized PostgresServer shared() throws IOException {
        if (SHARED.isEmpty()) {
            SHARED.add(ownServer());
        }
        return SHARED.get(0);
    }
}
