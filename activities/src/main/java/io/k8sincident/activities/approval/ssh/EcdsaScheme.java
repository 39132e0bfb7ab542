package io.k8sincident.activities.approval.ssh;

import java.security.PublicKey;
import java.util.Set;

/** RFC 5656. */
record EcdsaScheme(String name, NistCurve curve) implements Scheme {
    @Override
    public PublicKey publicKey(WireReader reader) {
        return curve.publicKey(reader);
    }

    @Override
    public Set<String> signatureNames() {
        return Set.of(name);
    }

    @Override
    public String algorithm(String signatureName) {
        return curve.algorithm();
    }

    @Override
    public byte[] signature(byte[] written, PublicKey key) {
        return curve.signature(new WireReader(written, "the ECDSA signature"));
    }
}
