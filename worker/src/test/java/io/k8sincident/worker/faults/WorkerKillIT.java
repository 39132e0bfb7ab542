package io.k8sincident.worker.faults;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.k8sincident.scenarios.postgres.PostgresPrograms;
import io.k8sincident.scenarios.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * With PostgreSQL for the trail, where it is installed, and a real Temporal server that is killed as well and comes back
 * on its database.
 */
class WorkerKillIT extends KillContract {
    private static final String SCRIPT = "INCIDENT_REAL_TEMPORAL_SCRIPT";

    private final boolean database = PostgresPrograms.find().isPresent();

    @Override
    TemporalServer temporal() throws IOException {
        @Nullable String script = System.getenv(SCRIPT);
        assumeTrue(script != null, SCRIPT + " is not set: no real Temporal server to kill (see .ci/run)");
        return new RealTemporal(Path.of(String.valueOf(script)));
    }

    @Override
    Map<String, String> environment() throws IOException, SQLException {
        return database
                ? closed(new TrailDatabase(
                                PostgresServer.start(PostgresPrograms.find().orElseThrow())))
                        .environment()
                : Map.of();
    }

    @Override
    boolean killsServer() {
        return true;
    }

    @Override
    int enough() {
        return POINTS / 3;
    }

    @Override
    String fault() {
        return "worker and Temporal server killed (kill -9), trail in " + (database ? "PostgreSQL" : "files");
    }
}
