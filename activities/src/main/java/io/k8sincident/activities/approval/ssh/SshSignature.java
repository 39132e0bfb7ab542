package io.k8sincident.activities.approval.ssh;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.Map;

/**
 * An OpenSSH signature (SSHSIG, OpenSSH's PROTOCOL.sshsig), as {@code ssh-keygen -Y sign} makes it. Reading it proves
 * nothing; {@link #signs} does. Immutable.
 */
public final class SshSignature {
    private static final byte[] MAGIC = "SSHSIG".getBytes(StandardCharsets.US_ASCII);
    private static final Map<String, String> HASHES = Map.of("sha256", "SHA-256", "sha512", "SHA-512");

    private final SshPublicKey key;
    private final String namespace;
    private final String hash;
    private final SignatureBlob blob;

    private SshSignature(SshPublicKey key, String namespace, String hash, SignatureBlob blob) {
        this.key = key;
        this.namespace = namespace;
        this.hash = hash;
        this.blob = blob;
    }

    /**
     * Reads the armored form.
     *
     * @throws SshFormatException if it is not exactly one signature by a key and an algorithm that are accepted
     */
    public static SshSignature parse(String armored) {
        WireReader reader = new WireReader(Armor.open(armored), "the signature");
        reader.expect(MAGIC);
        long version = reader.number();
        if (version != 1) {
            throw new SshFormatException("the signature has version " + version + "; only 1 is known");
        }
        SshPublicKey key = SshPublicKey.parse(reader.string(SshPublicKey.LONGEST));
        String namespace = reader.name();
        if (reader.string(0).length != 0) {
            throw new SshFormatException("the signature's reserved field is not empty");
        }
        String hash = reader.name();
        if (!HASHES.containsKey(hash)) {
            throw new SshFormatException("the signature's hash '" + hash + "' is not accepted; sha256 and sha512 are");
        }
        SignatureBlob blob = SignatureBlob.parse(reader.string(SignatureBlob.LONGEST), key);
        reader.end();
        return new SshSignature(key, namespace, hash, blob);
    }

    /** The key that it says it is from. */
    public SshPublicKey key() {
        return key;
    }

    /** What it was made for. */
    public String namespace() {
        return namespace;
    }

    /** Whether a hardware key says that somebody touched it; true for keys that are no hardware. */
    public boolean touched() {
        return blob.userPresent();
    }

    /** Whether a hardware key says that it asked for PIN or fingerprint; true for keys that are no hardware. */
    public boolean userVerified() {
        return blob.userVerified();
    }

    /** Whether the key signed exactly these bytes for this namespace. */
    public boolean signs(byte[] message) {
        byte[] signed = new WireWriter()
                .raw(MAGIC)
                .string(namespace)
                .string("")
                .string(hash)
                .string(SshPublicKey.digest(HASHES.getOrDefault(hash, ""), message))
                .bytes();
        try {
            Signature signature = Signature.getInstance(key.type().scheme().algorithm(blob.algorithm()));
            signature.initVerify(key.key());
            signature.update(blob.covered(signed, key));
            return signature.verify(blob.signature());
        } catch (GeneralSecurityException | ArithmeticException e) {
            return false;
        }
    }
}
