package io.k8sincident.activities.audit.bundle;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.k8sincident.activities.audit.seal.SigningKey;
import io.k8sincident.activities.audit.seal.VerifyingKey;
import io.k8sincident.workflows.workflow.WireFormat;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A DSSE envelope, version 1.0.
 *
 * @param payload Base64
 */
record DsseEnvelope(String payloadType, String payload, List<Signature> signatures) {
    static final String IN_TOTO = "application/vnd.in-toto+json";

    private static final ObjectMapper MAPPER = WireFormat.mapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    /** One of the envelope's signatures, in Base64. */
    record Signature(String keyid, String sig) {
        Signature {
            Objects.requireNonNull(keyid);
            Objects.requireNonNull(sig);
        }
    }

    DsseEnvelope {
        Objects.requireNonNull(payload);
        signatures = List.copyOf(signatures);
    }

    static DsseEnvelope sign(SigningKey key, byte[] statement) {
        return new DsseEnvelope(
                IN_TOTO,
                Base64.getEncoder().encodeToString(statement),
                List.of(new Signature(key.id(), key.sign(IN_TOTO, statement))));
    }

    /** Empty if these bytes are no envelope with an in-toto statement. */
    static Optional<DsseEnvelope> parse(byte[] json) {
        try {
            DsseEnvelope envelope = MAPPER.readValue(json, DsseEnvelope.class);
            return envelope != null && IN_TOTO.equals(envelope.payloadType())
                    ? Optional.of(envelope)
                    : Optional.empty();
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    byte[] json() throws IOException {
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
    }

    /**
     * The payload.
     *
     * @throws IllegalArgumentException if it is no Base64
     */
    byte[] content() {
        return Base64.getDecoder().decode(payload);
    }

    boolean signedBy(VerifyingKey key) {
        return signatures.stream()
                .anyMatch(each -> key.id().equals(each.keyid()) && key.verifies(payloadType, content(), each.sig()));
    }
}
