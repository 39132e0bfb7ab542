package io.k8sincident.cli.command;

import io.k8sincident.activities.audit.seal.KeyFile;
import io.k8sincident.cli.audit.FilePlace;
import io.k8sincident.cli.audit.TrailPlace;
import io.k8sincident.cli.host.Surroundings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which trail, and where its key is. */
final class AuditPlaceOptions {
    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "The trail's key; INCIDENT_AUDIT_KEY if absent, else" + " audit-key.pem in INCIDENT_RUNS.")
    @Nullable
    Path key;

    TrailPlace place(Surroundings surroundings) {
        return FilePlace.in(surroundings.runs(), keys(surroundings));
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
