package io.k8sincident.activities.audit.seal;

import io.k8sincident.activities.blob.Digest;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/**
 * The public half of a trail's key. Immutable.
 *
 * @param id {@code sha256:} of its SubjectPublicKeyInfo in DER
 */
public record VerifyingKey(String id, PublicKey key) {
    private static final String ALGORITHM = "Ed25519";

    /** The key of this SubjectPublicKeyInfo in DER. */
    public static VerifyingKey of(byte[] der) throws GeneralSecurityException {
        PublicKey key = KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(der));
        return new VerifyingKey(Digest.of(key.getEncoded()), key);
    }

    /** Whether the signature, in Base64, is one of this key over a payload of this type. */
    public boolean verifies(String payloadType, byte[] payload, String signature) {
        try {
            Signature ed25519 = Signature.getInstance(ALGORITHM);
            ed25519.initVerify(key);
            ed25519.update(Pae.of(payloadType, payload));
            return ed25519.verify(Base64.getDecoder().decode(signature));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    /** SubjectPublicKeyInfo in DER and Base64. */
    public String base64() {
        return Base64.getEncoder().encodeToString(key.getEncoded());
    }
}
