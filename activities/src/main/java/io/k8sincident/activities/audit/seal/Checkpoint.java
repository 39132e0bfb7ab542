package io.k8sincident.activities.audit.seal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.audit.chain.ChainEnd;
import io.k8sincident.activities.blob.Digest;
import io.k8sincident.workflows.workflow.WireFormat;
import java.io.IOException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What the holder of a trail's key says about it: up to this record it was so. One JSON object a line.
 *
 * @param trail the hash of the trail's first line, which tells it from every other
 * @param after the record after which {@code root} begins: that of the checkpoint before, 0 for the first
 * @param sequence of the last record that it stands for
 * @param hash of that record's line, and so of all before
 * @param root of the Merkle tree over the lines after {@code after} up to {@code sequence}, for proofs of inclusion
 * @param signature Ed25519 over DSSE's encoding of the canonical JSON of all other fields, in Base64
 */
public record Checkpoint(
        int version,
        String trail,
        long after,
        long sequence,
        String hash,
        String root,
        Instant time,
        String keyId,
        String signature) {
    /** DSSE's payload type of what is signed. */
    public static final String PAYLOAD_TYPE = "application/vnd.k8sincident.audit-checkpoint.v1+json";

    private static final int VERSION = 1;
    private static final ObjectMapper MAPPER = WireFormat.mapper()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    public Checkpoint {
        Objects.requireNonNull(trail);
        Objects.requireNonNull(hash);
        Objects.requireNonNull(root);
        Objects.requireNonNull(time);
        Objects.requireNonNull(keyId);
        Objects.requireNonNull(signature);
        if (version != VERSION || after < 0 || sequence <= after) {
            throw new IllegalArgumentException("not a checkpoint of version " + VERSION);
        }
    }

    /** A signed one. */
    public static Checkpoint sign(SigningKey key, String trail, long after, ChainEnd end, String root, Instant time) {
        Checkpoint unsigned =
                new Checkpoint(VERSION, trail, after, end.sequence(), end.hash(), root, time, key.id(), "");
        return new Checkpoint(
                VERSION,
                trail,
                after,
                end.sequence(),
                end.hash(),
                root,
                time,
                key.id(),
                key.sign(PAYLOAD_TYPE, unsigned.payload()));
    }

    /** Whether its signature is that of this key. */
    public boolean signedBy(VerifyingKey key) {
        return key.id().equals(keyId) && key.verifies(PAYLOAD_TYPE, payload(), signature);
    }

    /** The line that is kept of it, without a line feed. */
    public String line() {
        try {
            return MAPPER.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a checkpoint is representable as JSON", e);
        }
    }

    /** A line as it was read; empty if it is no checkpoint. */
    public static Optional<Checkpoint> parse(byte[] line) {
        try {
            return Optional.ofNullable(MAPPER.readValue(line, Checkpoint.class));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private byte[] payload() {
        ObjectNode fields = MAPPER.valueToTree(this);
        fields.remove("signature");
        return Digest.canonical(fields);
    }
}
