package io.k8sincident.activities.plan;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.k8sincident.activities.blob.BlobStore;
import io.k8sincident.activities.blob.Digest;
import io.k8sincident.workflows.model.Plan;
import io.k8sincident.workflows.workflow.WireFormat;
import java.io.IOException;
import java.util.Optional;

/** The plans in the blob store, each as its canonical JSON under its digest. Thread-safe. */
public final class Plans {
    private static final ObjectMapper MAPPER = WireFormat.mapper();

    private final BlobStore blobs;

    public Plans(BlobStore blobs) {
        this.blobs = blobs;
    }

    /** Stores the plan and returns its digest. */
    public String store(Plan plan) {
        return blobs.put(Digest.canonical(plan));
    }

    /**
     * The plan with this digest. Empty if there is none, if what is stored is something else by now, or if anything in
     * it would be lost by reading it: what is returned has exactly this digest.
     */
    public Optional<Plan> find(String digest) {
        return blobs.get(digest)
                .filter(bytes -> Digest.of(bytes).equals(digest))
                .flatMap(Plans::parse)
                .filter(plan -> Digest.ofCanonical(plan).equals(digest));
    }

    private static Optional<Plan> parse(byte[] bytes) {
        try {
            return Optional.ofNullable(MAPPER.readValue(bytes, Plan.class));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }
}
