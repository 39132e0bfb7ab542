package io.k8sincident.cli.audit;

import io.k8sincident.activities.audit.seal.KeyFile;
import io.k8sincident.activities.audit.store.Seals;
import io.k8sincident.activities.audit.store.TrailStore;
import io.k8sincident.activities.audit.verify.LineSource;
import io.k8sincident.activities.postgres.Database;
import io.k8sincident.activities.postgres.DatabaseAddress;
import io.k8sincident.activities.postgres.PostgresLines;
import io.k8sincident.activities.postgres.PostgresSegments;
import io.k8sincident.activities.postgres.PostgresTrailStore;
import io.k8sincident.activities.postgres.Readiness;
import io.k8sincident.cli.output.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** A trail in a PostgreSQL database; the key lies elsewhere. */
public final class DatabasePlace implements TrailPlace {
    private static final String REMEDY = " · ";

    private final Database database;
    private final KeyFile keys;

    private DatabasePlace(Database database, KeyFile keys) {
        this.database = database;
        this.keys = keys;
    }

    /**
     * The one that the environment names.
     *
     * @throws Problem if it names none as it should, or the trail there cannot be read
     */
    public static DatabasePlace of(Map<String, String> environment, KeyFile keys) {
        DatabaseAddress address;
        try {
            address = DatabaseAddress.ofEnvironment(environment);
        } catch (IllegalArgumentException e) {
            throw Problem.usage(
                    "the audit database " + e.getMessage(), "--database URL, or " + DatabaseAddress.VARIABLE);
        }
        Database database = Database.direct(address);
        new Readiness(database).obstacleToReading().ifPresent(obstacle -> {
            int end = obstacle.lastIndexOf(REMEDY);
            throw end < 0
                    ? Problem.error(obstacle, "see what the server says")
                    : Problem.error(obstacle.substring(0, end), obstacle.substring(end + REMEDY.length()));
        });
        return new DatabasePlace(database, keys);
    }

    @Override
    public List<LineSource> lines() {
        return List.of(PostgresLines.records(database));
    }

    @Override
    public List<LineSource> checkpoints() {
        return List.of(PostgresLines.checkpoints(database));
    }

    @Override
    public KeyFile keys() {
        return keys;
    }

    @Override
    public TrailStore store() {
        return new PostgresTrailStore(database);
    }

    @Override
    public List<Path> startSegment(Path archive) throws IOException {
        return new PostgresSegments(database, archive).start(new Seals(keys, Clock.systemUTC()), Clock.systemUTC());
    }
}
