package io.k8sincident.activities.blob;

import java.util.Optional;

/**
 * Keeps what is too large or too confidential for a workflow history, by digest: snapshots, plans, pre-images. What was
 * stored is checked against its digest when it is read, so a changed blob is an absent one. Thread-safe.
 */
public interface BlobStore {
    /** Stores these bytes durably and returns their {@code sha256:…} digest. Storing them again changes nothing. */
    String put(byte[] content);

    /** The bytes with this digest; empty if there are none or they no longer have it. */
    Optional<byte[]> get(String digest);
}
