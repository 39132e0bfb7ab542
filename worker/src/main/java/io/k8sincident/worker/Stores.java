package io.k8sincident.worker;

import io.k8sincident.activities.approval.DecisionLedger;
import io.k8sincident.activities.audit.store.TrailStore;
import io.k8sincident.activities.blob.BlobStore;
import io.k8sincident.worker.config.WorkerSettings;

/** Where the settings say that trail, ledger and blobs are kept: all in files, or all in one database. */
interface Stores extends AutoCloseable {
    TrailStore trail();

    DecisionLedger ledger();

    BlobStore blobs();

    @Override
    void close();

    /**
     * Those of the settings. No class of the database is loaded where none is named.
     *
     * @throws io.k8sincident.activities.audit.AuditUnavailableException if the database cannot be used
     */
    static Stores of(WorkerSettings settings) {
        return settings.auditDatabaseAddress()
                .<Stores>map(PostgresStores::open)
                .orElseGet(() -> new FileStores(settings.runsDirectory()));
    }
}
