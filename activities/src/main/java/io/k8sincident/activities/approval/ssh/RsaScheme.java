package io.k8sincident.activities.approval.ssh;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.Set;

/** RFC 8332: keys of at least 2048 bits, with SHA-2 only. */
record RsaScheme() implements Scheme {
    private static final String SHA_256 = "rsa-sha2-256";
    private static final String SHA_512 = "rsa-sha2-512";
    private static final int FEWEST_BITS = 2_048;
    private static final int MOST_BITS = 16_384;
    private static final int MOST_EXPONENT_BITS = 64;

    @Override
    public PublicKey publicKey(WireReader reader) {
        BigInteger exponent = reader.positive(MOST_EXPONENT_BITS / 8 + 1);
        BigInteger modulus = reader.positive(MOST_BITS / 8 + 1);
        if (modulus.bitLength() < FEWEST_BITS || modulus.bitLength() > MOST_BITS) {
            throw new SshFormatException(
                    "an RSA key must have " + FEWEST_BITS + " to " + MOST_BITS + " bits, not " + modulus.bitLength());
        }
        boolean odd = modulus.testBit(0) && exponent.testBit(0);
        if (!odd || exponent.bitLength() < 2 || exponent.bitLength() > MOST_EXPONENT_BITS) {
            throw new SshFormatException("the RSA key's numbers cannot be those of a key");
        }
        try {
            return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
        } catch (GeneralSecurityException e) {
            throw new SshFormatException("the key is no RSA key");
        }
    }

    @Override
    public Set<String> signatureNames() {
        return Set.of(SHA_256, SHA_512);
    }

    @Override
    public String algorithm(String signatureName) {
        return signatureName.equals(SHA_256) ? "SHA256withRSA" : "SHA512withRSA";
    }

    @Override
    public byte[] signature(byte[] written, PublicKey key) {
        int width = (((RSAPublicKey) key).getModulus().bitLength() + 7) / 8;
        if (written.length != width) {
            throw new SshFormatException("a signature of this RSA key has " + width + " bytes, not " + written.length);
        }
        return written;
    }
}
