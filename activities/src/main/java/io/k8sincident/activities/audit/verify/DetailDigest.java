package io.k8sincident.activities.audit.verify;

import io.k8sincident.activities.audit.ChainedEntry;
import io.k8sincident.activities.blob.Digest;

/** Whether a record's details are those that it was written with. */
final class DetailDigest {
    private DetailDigest() {}

    static boolean fits(ChainedEntry entry) {
        return Digest.ofCanonical(entry.detail()).equals(entry.detailDigest());
    }
}
