package io.k8sincident.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.audit.TrailEntry;
import io.k8sincident.activities.audit.seal.KeyFile;
import io.k8sincident.activities.audit.store.SealingPace;
import io.k8sincident.activities.audit.store.StoredTrail;
import io.k8sincident.activities.postgres.Database;
import io.k8sincident.activities.postgres.DatabaseAddress;
import io.k8sincident.activities.postgres.Migration;
import io.k8sincident.activities.postgres.PostgresTrailStore;
import io.k8sincident.cli.CommandRun;
import io.k8sincident.cli.CommandRun.Result;
import io.k8sincident.cli.NoServers;
import io.k8sincident.scenarios.postgres.PostgresPrograms;
import io.k8sincident.scenarios.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The commands about a trail in a database, one after the other on a real server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditDatabaseTest {
    private static final String INCIDENT = "incident:local:demo:deployment:crashy";
    private static final String OWNER = "incident_owner";
    private static final String WORKER = "incident_worker";

    private Path folder = Path.of("");
    private PostgresServer server;
    private CommandRun incident;

    @BeforeAll
    void fill(@TempDir Path made) throws IOException, SQLException {
        folder = made;
        var programs = PostgresPrograms.find();
        Assumptions.assumeTrue(programs.isPresent(), "PostgreSQL is not installed: apt-get install postgresql");
        server = PostgresServer.start(programs.orElseThrow());
        for (String each : Files.readString(Path.of("..", "deploy", "postgres", "roles.sql"))
                .replaceAll("(?m)^--.*$", "")
                .split(";", -1)) {
            if (!each.isBlank()) {
                execute("postgres", each);
            }
        }
        var unused = new Migration(address(OWNER)).run(WORKER);
        incident = new CommandRun(new NoServers())
                .in(folder)
                .with("INCIDENT_AUDIT_DATABASE", server.url("incident"))
                .with("INCIDENT_AUDIT_DATABASE_USER", WORKER)
                .with("INCIDENT_AUDIT_DATABASE_PASSWORD", "change-this-worker");
        KeyFile keys = new KeyFile(folder.resolve("runs").resolve(KeyFile.FILE));
        try (StoredTrail trail = StoredTrail.sealed(
                new PostgresTrailStore(Database.direct(address(WORKER))),
                keys,
                SealingPace.DEFAULT,
                Clock.systemUTC(),
                line -> {})) {
            for (int i = 0; i < 5; i++) {
                trail.append(TrailEntry.of(INCIDENT, "run", "event_" + i, Map.of("key", "value")));
            }
        }
    }

    @AfterAll
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void verifiesExportsRotatesAndPutsAsideAsWithFiles() throws IOException, SQLException {
        Path first = Files.copy(folder.resolve("runs").resolve("audit-key.pub.pem"), folder.resolve("first.pem"));
        Result verified = incident.run("audit", "verify", "--public-key", first.toString());
        assertThat(verified.out()).as(verified.err()).startsWith("GOOD  6 records, 1 to 6\n");

        Path bundle = folder.resolve("bundle.json");
        Result exported = incident.run("audit", "export", "deployment/crashy", "-n", "demo", "--to", bundle.toString());
        assertThat(exported.code()).as(exported.err()).isZero();
        assertThat(incident.run("audit", "verify", "--bundle", bundle.toString())
                        .out())
                .contains("event_0", "event_4");

        assertThat(incident.run("audit", "key", "rotate").code()).isZero();
        Result segment = incident.run("audit", "segment", "--to", "archive");
        assertThat(segment.out())
                .as(segment.err())
                .isEqualTo(folder.resolve("archive/audit-000000000001.jsonl") + "\n");
        Result again = incident.run("audit", "segment", "--to", "archive");
        assertThat(again.out()).isEqualTo(folder.resolve("archive/audit-000000000008.jsonl") + "\n");
        assertThat(incident.run("audit", "verify", "--public-key", first.toString())
                        .code())
                .isZero();

        Result archived = incident.run("audit", "verify", "--trail", "archive", "--public-key", first.toString());
        assertThat(archived.out()).as(archived.err()).startsWith("GOOD  8 records, 1 to 8\n");

        execute(
                "incident",
                "SET session_replication_role = replica; DELETE FROM incident.audit_record WHERE sequence < 8");
        Result missing = incident.run("audit", "verify");
        assertThat(missing.code()).isEqualTo(3);
        assertThat(missing.out()).startsWith("BAD  DROPPED · first bad record: 1 · records 1 to 7 are not here");
        Result rest = incident.run("audit", "verify", "--begins-at", "8");
        assertThat(rest.code()).isZero();
        assertThat(rest.out()).contains("records 1 to 7 are not here, as was expected");
        assertThat(rest.out()).as(rest.err()).startsWith("GOOD  2 records, 8 to 9\n");

        execute(
                "incident",
                "SET session_replication_role = replica; DELETE FROM incident.audit_record WHERE sequence = 8");
        execute("incident", "SET session_replication_role = replica; UPDATE incident.audit_record SET event = 'other'");
        Result bad = incident.run("audit", "verify");
        assertThat(bad.code()).isEqualTo(3);
        assertThat(bad.out()).startsWith("BAD  MISFILED · first bad record: 9 · record 9 is kept as sequence 9");
    }

    @Test
    void saysInThreePartsWhatIsWrongWithADatabase() {
        assertThat(run("--database", "postgres://host/db").err())
                .startsWith("error: the audit database does not begin with jdbc:postgresql://");
        assertThat(run("--database", "jdbc:postgresql://127.0.0.1:1/incident").err())
                .startsWith("error: jdbc:postgresql://127.0.0.1:1/incident: ")
                .contains("nothing was changed", "next    see that it runs and can be reached from here");
        assertThat(run("--database", server.url("postgres")).err())
                .contains("has no table incident.audit_record", "incident audit migrate");
        assertThat(run("--database", server.url("incident"), "--trail", "runs").err())
                .contains("--trail and --database name two trails");
        assertThat(run("--database", server.url("nowhere")).err()).contains("\"nowhere\" does not exist", "roles.sql");
    }

    private Result run(String... options) {
        String[] arguments = new String[options.length + 2];
        arguments[0] = "audit";
        arguments[1] = "verify";
        System.arraycopy(options, 0, arguments, 2, options.length);
        Result result = incident.run(arguments);
        assertThat(result.code()).isPositive();
        return result;
    }

    private DatabaseAddress address(String role) {
        return DatabaseAddress.of(server.url("incident"), role, "change-this-" + role.substring("incident_".length()));
    }

    private void execute(String database, String statements) throws SQLException {
        try (Connection connection = Database.direct(DatabaseAddress.of(
                                server.url(database), PostgresServer.SUPERUSER, PostgresServer.PASSWORD))
                        .connections()
                        .open();
                Statement statement = connection.createStatement()) {
            statement.execute(statements);
        }
    }
}
