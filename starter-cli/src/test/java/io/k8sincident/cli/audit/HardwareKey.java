package io.k8sincident.cli.audit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;

/** Signs as an {@code ed25519-sk} key does (PROTOCOL.u2f), with flags that a test chooses. */
final class HardwareKey {
    private static final String TYPE = "sk-ssh-ed25519@openssh.com";
    private static final String APPLICATION = "ssh:";

    private final KeyPair pair;

    HardwareKey() throws GeneralSecurityException {
        pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    }

    /** As in a file of allowed signers. */
    String line() {
        return TYPE + " " + Base64.getEncoder().encodeToString(blob());
    }

    String sign(byte[] message, String namespace, byte flags) throws GeneralSecurityException {
        byte[] state = {flags, 0, 0, 0, 1};
        byte[] covered =
                joined(ascii("SSHSIG"), text(namespace), text(""), text("sha512"), string(digest("SHA-512", message)));
        Signature signing = Signature.getInstance("Ed25519");
        signing.initSign(pair.getPrivate());
        signing.update(joined(digest("SHA-256", ascii(APPLICATION)), state, digest("SHA-256", covered)));
        byte[] inner = joined(
                ascii("SSHSIG"),
                new byte[] {0, 0, 0, 1},
                string(blob()),
                text(namespace),
                text(""),
                text("sha512"),
                string(joined(text(TYPE), string(signing.sign()), state)));
        return "-----BEGIN SSH SIGNATURE-----\n"
                + Base64.getMimeEncoder(70, new byte[] {'\n'}).encodeToString(inner)
                + "\n-----END SSH SIGNATURE-----\n";
    }

    private byte[] blob() {
        byte[] encoded = pair.getPublic().getEncoded();
        return joined(
                text(TYPE),
                string(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length)),
                text(APPLICATION));
    }

    private static byte[] digest(String algorithm, byte[] of) throws GeneralSecurityException {
        return MessageDigest.getInstance(algorithm).digest(of);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] text(String text) {
        return string(ascii(text));
    }

    private static byte[] string(byte[] bytes) {
        return joined(ByteBuffer.allocate(4).putInt(bytes.length).array(), bytes);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            for (byte[] part : parts) {
                out.write(part);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
