package io.k8sincident.activities.audit.chain;

import io.k8sincident.activities.blob.Digest;

/**
 * Where a chain ends, and the next record goes on.
 *
 * @param sequence of the last record, 0 if there is none
 * @param hash {@code sha256:} of its line, of nothing if there is none
 */
public record ChainEnd(long sequence, String hash) {
    /** The end of a trail without records. */
    public static final ChainEnd START = new ChainEnd(0, Digest.of(""));
}
