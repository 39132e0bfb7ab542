package io.k8sincident.activities.postgres;

import io.k8sincident.activities.audit.TrailBenchmark;
import io.k8sincident.scenarios.postgres.PostgresPrograms;
import io.k8sincident.scenarios.postgres.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Measures the audit trail in a PostgreSQL server that it starts: {@code append}, or {@code verify RECORDS} with look-ups.
 * {@code docs/benchmarks.md} has the figures.
 */
public final class PostgresBenchmark {
    private PostgresBenchmark() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws Exception {
        Path directory = Files.createTempDirectory("postgres-benchmark");
        try (PostgresServer server =
                        PostgresServer.start(PostgresPrograms.find().orElseThrow());
                TestDatabase database = TestDatabase.migrated(server)) {
            PostgresTrailFixture trail = new PostgresTrailFixture(database, directory);
            if (arguments[0].equals("append")) {
                System.out.printf("one sync of 500 bytes: p50 %.2f ms%n", TrailBenchmark.sync(directory));
                for (int threads : new int[] {1, 16, 64, 256}) {
                    TrailBenchmark.append(trail.store(), trail.keys(), threads);
                }
                TrailBenchmark.verify(() -> trail.verify());
            } else {
                TrailBenchmark.fill(trail.store(), trail.keys(), Long.parseLong(arguments[1]));
                TrailBenchmark.verify(() -> trail.verify());
                TrailBenchmark.find(trail.store());
            }
        }
        System.exit(0);
    }
}
