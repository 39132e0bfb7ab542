package io.k8sincident.activities.audit.seal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

/** A public key as a file: SubjectPublicKeyInfo in PEM. */
public final class PublicKeyFile {
    private static final long LARGEST = 64 * 1024;

    private PublicKeyFile() {}

    /**
     * The key in a file. A private key's file will do as well.
     *
     * @throws IOException if there is none that can be read, saying why
     */
    public static VerifyingKey read(Path file) throws IOException {
        if (Files.size(file) > LARGEST) {
            throw new IOException(file + " is too large for a public key");
        }
        byte[] der = Pem.find(Pem.PUBLIC, new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.UTF_8))
                .orElseThrow(() -> new IOException(file + " holds no PEM block PUBLIC KEY"));
        try {
            return VerifyingKey.of(der);
        } catch (GeneralSecurityException e) {
            throw new IOException(file + " holds no Ed25519 key: " + e.getMessage(), e);
        }
    }

    /** The text of such a file. */
    public static String pem(VerifyingKey key) {
        return Pem.block(Pem.PUBLIC, key.key().getEncoded());
    }
}
