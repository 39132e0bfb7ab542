package io.k8sincident.scenarios;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The kubeconfig of a practice cluster: context {@code practice}, namespace {@code demo}, no credentials. */
final class Kubeconfig {
    private Kubeconfig() {}

    static String text(URI server) {
        return """
                apiVersion: v1
                kind: Config
                current-context: practice
                clusters:
                - name: practice
                  cluster:
                    server: %s
                contexts:
                - name: practice
                  context:
                    cluster: practice
                    user: practice
                    namespace: demo
                users:
                - name: practice
                  user: {}
                """.formatted(server);
    }

    /** Writes the file as a whole or not at all. */
    static void write(Path file, URI server) throws IOException {
        Path target = file.toAbsolutePath();
        Path folder = target.getParent();
        if (folder == null) {
            throw new IOException("not a file: " + file);
        }
        Files.createDirectories(folder);
        Path temporary = Files.createTempFile(folder, "kubeconfig", ".part");
        Files.writeString(temporary, text(server), StandardCharsets.UTF_8);
        Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
