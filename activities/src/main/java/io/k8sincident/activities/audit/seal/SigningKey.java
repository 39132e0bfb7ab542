package io.k8sincident.activities.audit.seal;

import io.k8sincident.activities.blob.Digest;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;

/** A trail's key as a whole. Immutable; it does not print its secret. */
public final class SigningKey {
    private static final String ALGORITHM = "Ed25519";

    private final PrivateKey secret;
    private final VerifyingKey verifying;

    SigningKey(PrivateKey secret, VerifyingKey verifying) {
        this.secret = secret;
        this.verifying = verifying;
    }

    /** A new one. */
    public static SigningKey generate() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
            return new SigningKey(
                    pair.getPrivate(),
                    new VerifyingKey(Digest.of(pair.getPublic().getEncoded()), pair.getPublic()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform since 15 has Ed25519", e);
        }
    }

    /** A signature over a payload of this type, in Base64. */
    public String sign(String payloadType, byte[] payload) {
        try {
            Signature ed25519 = Signature.getInstance(ALGORITHM);
            ed25519.initSign(secret);
            ed25519.update(Pae.of(payloadType, payload));
            return Base64.getEncoder().encodeToString(ed25519.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key cannot sign", e);
        }
    }

    public String id() {
        return verifying.id();
    }

    public VerifyingKey verifying() {
        return verifying;
    }

    /** PKCS#8 in DER. */
    byte[] secret() {
        return secret.getEncoded();
    }

    @Override
    public String toString() {
        return id();
    }
}
