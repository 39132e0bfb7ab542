package io.k8sincident.activities.kubernetes;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import org.jspecify.annotations.Nullable;

/**
 * A trust store without any authority, to which the client library adds those of a kubeconfig. Without it the library
 * starts from all public authorities that Java knows, so that each of them could vouch for the API server although the
 * kubeconfig names who may; and it reads them at every start, which takes a tenth of a second. Thread-safe.
 */
final class EmptyTrustStore {
    private static final String PASSWORD = "changeit";
    private static @Nullable String path;

    private EmptyTrustStore() {}

    /** The password of the store, which protects nothing. */
    static String password() {
        return PASSWORD;
    }

    /** The file, made when it is first asked for and deleted when the process ends. */
    static synchronized String path() {
        if (path == null) {
            try {
                Path file = Files.createTempFile("no-authorities-", ".jks");
                file.toFile().deleteOnExit();
                // This form is read by a store of the default type as well, and costs no key derivation.
                KeyStore none = KeyStore.getInstance("JKS");
                none.load(null, null);
                try (OutputStream out = Files.newOutputStream(file)) {
                    none.store(out, PASSWORD.toCharArray());
                }
                path = file.toString();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot write a temporary file for the trusted authorities", e);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this Java has no key stores of type JKS", e);
            }
        }
        return path;
    }
}
