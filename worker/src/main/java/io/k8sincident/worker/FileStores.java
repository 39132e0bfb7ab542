package io.k8sincident.worker;

import io.k8sincident.activities.approval.DecisionLedger;
import io.k8sincident.activities.approval.FileDecisionLedger;
import io.k8sincident.activities.audit.store.FileTrailStore;
import io.k8sincident.activities.audit.store.TrailStore;
import io.k8sincident.activities.blob.BlobStore;
import io.k8sincident.activities.blob.FileBlobStore;
import java.nio.file.Path;

/** Files in one directory. */
record FileStores(TrailStore trail, DecisionLedger ledger, BlobStore blobs) implements Stores {
    private static final String BLOBS = "blobs";

    FileStores(Path runs) {
        this(new FileTrailStore(runs), new FileDecisionLedger(runs), new FileBlobStore(runs.resolve(BLOBS)));
    }

    @Override
    public void close() {}
}
