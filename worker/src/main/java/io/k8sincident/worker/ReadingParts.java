package io.k8sincident.worker;

import io.k8sincident.activities.blob.BlobStore;
import io.k8sincident.activities.diagnosis.Diagnostician;
import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.workflows.activity.EvidenceActivity;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What reading a cluster provides to the other activities.
 *
 * @param evidence the activity that reads
 * @param blobs where it keeps snapshots, and the others find them
 * @param snapshots reads one back
 * @param redactor takes secrets out of a text
 */
record ReadingParts(
        EvidenceActivity evidence,
        BlobStore blobs,
        Function<byte[], Snapshot> snapshots,
        Diagnostician diagnostician,
        UnaryOperator<String> redactor) {}
