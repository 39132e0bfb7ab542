package io.k8sincident.activities.approval.ssh;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.Set;

/** RFC 8709. */
record Ed25519Scheme(String name) implements Scheme {
    private static final int KEY = 32;
    private static final int SIGNATURE = 64;
    /** What RFC 8410 puts before the key itself. */
    private static final byte[] PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    @Override
    public PublicKey publicKey(WireReader reader) {
        byte[] key = reader.string(KEY);
        if (key.length != KEY) {
            throw new SshFormatException("an Ed25519 key has " + KEY + " bytes, not " + key.length);
        }
        try {
            return KeyFactory.getInstance("Ed25519")
                    .generatePublic(new X509EncodedKeySpec(
                            new WireWriter().raw(PREFIX).raw(key).bytes()));
        } catch (GeneralSecurityException e) {
            throw new SshFormatException("the key is no Ed25519 key");
        }
    }

    @Override
    public Set<String> signatureNames() {
        return Set.of(name);
    }

    @Override
    public String algorithm(String signatureName) {
        return "Ed25519";
    }

    @Override
    public byte[] signature(byte[] written, PublicKey key) {
        if (written.length != SIGNATURE) {
            throw new SshFormatException("an Ed25519 signature has " + SIGNATURE + " bytes, not " + written.length);
        }
        return written;
    }
}
