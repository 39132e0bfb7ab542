package io.k8sincident.cli.command;

import io.k8sincident.activities.audit.seal.KeyFile;
import io.k8sincident.cli.audit.DatabasePlace;
import io.k8sincident.cli.audit.FilePlace;
import io.k8sincident.cli.audit.TrailPlace;
import io.k8sincident.cli.host.Surroundings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which trail, and where its key is. */
final class AuditPlaceOptions {
    private static final String DATABASE = "INCIDENT_AUDIT_DATABASE";

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "The trail's key; INCIDENT_AUDIT_KEY if absent, else" + " audit-key.pem in INCIDENT_RUNS.")
    @Nullable
    Path key;

    @Option(
            names = "--database",
            paramLabel = "URL",
            description =
                    "The database that the trail is in, jdbc:postgresql://HOST/DATABASE; INCIDENT_AUDIT_DATABASE if"
                            + " absent. User and password: INCIDENT_AUDIT_DATABASE_USER, _PASSWORD or _PASSWORD_FILE.")
    @Nullable
    String database;

    TrailPlace place(Surroundings surroundings) {
        Map<String, String> environment = databaseEnvironment(surroundings);
        return environment.getOrDefault(DATABASE, "").isEmpty()
                ? FilePlace.in(surroundings.runs(), keys(surroundings))
                : DatabasePlace.of(environment, keys(surroundings));
    }

    /** The environment, with the database that the option names. */
    Map<String, String> databaseEnvironment(Surroundings surroundings) {
        Map<String, String> environment = new HashMap<>(surroundings.environment());
        if (database != null) {
            environment.put(DATABASE, database);
        }
        return environment;
    }

    KeyFile keys(Surroundings surroundings) {
        String named = surroundings.variable("INCIDENT_AUDIT_KEY");
        Path path = key != null
                ? surroundings.directory().resolve(key)
                : named.isEmpty()
                        ? surroundings.runs().resolve(KeyFile.FILE)
                        : surroundings.directory().resolve(named);
        return new KeyFile(path);
    }
}
