package io.k8sincident.worker;

import io.k8sincident.activities.audit.seal.KeyFile;
import io.k8sincident.activities.audit.store.FileTrailStore;
import io.k8sincident.activities.audit.store.SealingPace;
import io.k8sincident.activities.audit.store.StoredTrail;
import io.k8sincident.worker.config.WorkerSettings;
import java.time.Clock;
import java.util.function.Consumer;

/** The audit trail that the settings name. */
final class Trails {
    private Trails() {}

    static StoredTrail open(WorkerSettings settings, Clock clock, Consumer<String> told) {
        return StoredTrail.sealed(
                new FileTrailStore(settings.runsDirectory()),
                new KeyFile(settings.auditKeyFile()),
                SealingPace.DEFAULT,
                clock,
                told);
    }
}
