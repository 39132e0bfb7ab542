package io.k8sincident.activities.audit.seal;

import io.k8sincident.activities.audit.ChainedEntry;
import io.k8sincident.activities.audit.chain.ChainEnd;
import io.k8sincident.activities.blob.Digest;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The statement of a trail's key that another one follows it. It stands as a record in the chain, and holds only there:
 * what is signed names the place.
 *
 * @param trail the hash of the trail's first line
 * @param sequence of the record that holds this
 * @param previous the hash of the line before it
 * @param from the id of the key that signs
 * @param publicKey of the key that follows: SubjectPublicKeyInfo in DER and Base64
 */
public record KeyRotation(String trail, long sequence, String previous, String from, String publicKey) {
    /** The event of the record. */
    public static final String EVENT = "audit_key_rotated";

    /** DSSE's payload type of what is signed. */
    public static final String PAYLOAD_TYPE = "application/vnd.k8sincident.audit-key-rotation.v1+json";

    private static final String FROM = "from";
    private static final String TO = "to";
    private static final String PUBLIC_KEY = "publicKey";
    private static final String SIGNATURE = "signature";

    /** The details of the record that follows {@code end}, signed by the old key. */
    public static Map<String, String> details(String trail, ChainEnd end, SigningKey old, VerifyingKey next) {
        KeyRotation rotation = new KeyRotation(trail, end.sequence() + 1, end.hash(), old.id(), next.base64());
        return new TreeMap<>(Map.of(
                FROM, old.id(),
                TO, next.id(),
                PUBLIC_KEY, next.base64(),
                SIGNATURE, old.sign(PAYLOAD_TYPE, rotation.payload())));
    }

    /** The one that a record of this trail holds; empty if the record is of another event. */
    public static Optional<KeyRotation> of(ChainedEntry entry, String trail) {
        return entry.event().equals(EVENT)
                ? Optional.of(new KeyRotation(
                        trail, entry.sequence(), entry.previous(), entry.detail(FROM), entry.detail(PUBLIC_KEY)))
                : Optional.empty();
    }

    /** Whether the record's signature is one of this key, which the record says it is. */
    public boolean signedBy(VerifyingKey key, ChainedEntry entry) {
        return key.id().equals(from) && key.verifies(PAYLOAD_TYPE, payload(), entry.detail(SIGNATURE));
    }

    /** The key that follows; empty if what stands there is none. */
    public Optional<VerifyingKey> next() {
        try {
            return Optional.of(VerifyingKey.of(Base64.getDecoder().decode(publicKey)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private byte[] payload() {
        return Digest.canonical(this);
    }
}
