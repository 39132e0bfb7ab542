package io.k8sincident.scenarios;

import io.k8sincident.scenarios.server.Identity;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.Optional;

/** The kubeconfig of a practice cluster: context {@code practice}, namespace {@code demo}; credentials only with TLS. */
final class Kubeconfig {
    private Kubeconfig() {}

    static String text(URI server, Optional<Identity> identity) {
        return """
                apiVersion: v1
                kind: Config
                current-context: practice
                clusters:
                - name: practice
                  cluster:
                    server: %s%s
                contexts:
                - name: practice
                  context:
                    cluster: practice
                    user: practice
                    namespace: demo
                users:
                - name: practice
                  user: {%s}
                """.formatted(
                        server,
                        identity.map(it -> "\n    certificate-authority-data: " + base64(it.certificate()))
                                .orElse(""),
                        identity.map(it -> "client-certificate-data: " + base64(it.certificate())
                                        + ", client-key-data: " + base64(it.key()))
                                .orElse(""));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes the file as a whole or not at all. */
    static void write(Path file, String text) throws IOException {
        Path target = file.toAbsolutePath();
        Path folder = target.getParent();
        if (folder == null) {
            throw new IOException("not a file: " + file);
        }
        Files.createDirectories(folder);
        Path temporary = Files.createTempFile(folder, "kubeconfig", ".part");
        Files.writeString(temporary, text, StandardCharsets.UTF_8);
        Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
