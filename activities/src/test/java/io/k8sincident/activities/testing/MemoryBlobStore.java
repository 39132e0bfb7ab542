package io.k8sincident.activities.testing;

import io.k8sincident.activities.blob.BlobStore;
import io.k8sincident.activities.blob.Digest;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Blobs in memory; a test may swap what lies under a digest. */
public final class MemoryBlobStore implements BlobStore {
    private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();

    @Override
    public String put(byte[] content) {
        String digest = Digest.of(content);
        blobs.put(digest, content.clone());
        return digest;
    }

    @Override
    public Optional<byte[]> get(String digest) {
        return Optional.ofNullable(blobs.get(digest)).map(byte[]::clone);
    }

    /** Does what a store that checks digests never would: answers this content for that digest. */
    public void forge(String digest, byte[] content) {
        blobs.put(digest, content.clone());
    }
}
