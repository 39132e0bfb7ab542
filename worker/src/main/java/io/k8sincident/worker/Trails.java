package io.k8sincident.worker;

import io.k8sincident.activities.audit.AuditUnavailableException;
import io.k8sincident.activities.audit.seal.KeyFile;
import io.k8sincident.activities.audit.store.SealingPace;
import io.k8sincident.activities.audit.store.StoredTrail;
import io.k8sincident.activities.audit.store.TrailStore;
import io.k8sincident.worker.config.WorkerSettings;
import java.time.Clock;
import java.util.function.Consumer;

/** The audit trail with the key that the settings name. */
final class Trails {
    private Trails() {}

    static StoredTrail open(WorkerSettings settings, TrailStore store, Clock clock, Consumer<String> told) {
        StoredTrail trail =
                StoredTrail.sealed(store, new KeyFile(settings.auditKeyFile()), SealingPace.DEFAULT, clock, told);
        readAhead(trail);
        return trail;
    }

    /** A long trail in files takes seconds to look through for the first time: better before the first ruling. */
    private static void readAhead(StoredTrail trail) {
        Thread reading = new Thread(
                () -> {
                    try {
                        var unused = trail.find("", "");
                    } catch (AuditUnavailableException e) {
                        // Whoever looks something up is told.
                    }
                },
                "audit-index");
        reading.setDaemon(true);
        reading.start();
    }
}
