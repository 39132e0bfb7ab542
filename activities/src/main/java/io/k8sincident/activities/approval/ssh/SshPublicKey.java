package io.k8sincident.activities.approval.ssh;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;

/** A public key as OpenSSH writes it; equal to another if every byte is. Immutable. */
public final class SshPublicKey {
    static final int LONGEST = 4_096;
    private static final String APPLICATION = "ssh:";

    private final byte[] blob;
    private final KeyType type;
    private final PublicKey key;
    private final String application;

    private SshPublicKey(byte[] blob, KeyType type, PublicKey key, String application) {
        this.blob = blob;
        this.type = type;
        this.key = key;
        this.application = application;
    }

    /** @throws SshFormatException if it is not exactly one key of an accepted type */
    static SshPublicKey parse(byte[] blob) {
        if (blob.length > LONGEST) {
            throw new SshFormatException("the key is longer than " + LONGEST + " bytes");
        }
        WireReader reader = new WireReader(blob, "the key");
        KeyType type = KeyType.named(reader.name());
        PublicKey key = type.scheme().publicKey(reader);
        String application = type.hardware() ? application(reader) : "";
        reader.end();
        return new SshPublicKey(blob.clone(), type, key, application);
    }

    private static String application(WireReader reader) {
        String application = reader.name();
        if (!application.startsWith(APPLICATION)) {
            throw new SshFormatException("the hardware key was not made for SSH: its application is '" + application
                    + "', which does not begin with " + APPLICATION);
        }
        return application;
    }

    /**
     * A line of a {@code .pub} file: type, Base64 and an optional comment.
     *
     * @throws SshFormatException if it is none
     */
    public static SshPublicKey ofLine(String line) {
        String[] parts = line.strip().split("[ \t]+", 3);
        if (parts.length < 2) {
            throw new SshFormatException("a public key is a type and Base64, such as ssh-ed25519 AAAA…");
        }
        SshPublicKey key = parse(Armor.base64(parts[1], "the key"));
        if (!key.type.sshName().equals(parts[0])) {
            throw new SshFormatException("the key is of type " + key.type.sshName() + ", not " + parts[0]);
        }
        return key;
    }

    /** {@code ssh-ed25519 AAAA…}. */
    public String line() {
        return type.sshName() + " " + Base64.getEncoder().encodeToString(blob);
    }

    /** {@code SHA256:…}, as {@code ssh-keygen -l} shows it. */
    public String fingerprint() {
        return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(sha256(blob));
    }

    KeyType type() {
        return type;
    }

    PublicKey key() {
        return key;
    }

    /** The digest of the application, under which a hardware key signs. */
    byte[] applicationDigest() {
        return sha256(application.getBytes(StandardCharsets.US_ASCII));
    }

    static byte[] sha256(byte[] bytes) {
        return digest("SHA-256", bytes);
    }

    static byte[] digest(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SshPublicKey that && Arrays.equals(blob, that.blob);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(blob);
    }

    @Override
    public String toString() {
        return type.sshName() + " " + fingerprint();
    }
}
