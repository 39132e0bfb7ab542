package io.k8sincident.cli.signing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The SSH key that a person signs commits with: {@code user.signingkey}, where {@code gpg.format} is {@code ssh}. */
final class GitKey {
    private GitKey() {}

    /** A file of it; empty if git is not set up so, or names the key itself and no file. */
    static Optional<Path> configured(Path directory, String home) {
        return setting(directory, "gpg.format")
                .filter("ssh"::equals)
                .flatMap(format -> setting(directory, "user.signingkey"))
                .filter(key -> !key.startsWith("key::") && !key.startsWith("ssh-"))
                .map(key -> key.startsWith("~/") ? Path.of(home, key.substring(2)) : Path.of(key))
                .map(key -> key.toString().endsWith(".pub")
                        ? Path.of(key.toString().substring(0, key.toString().length() - 4))
                        : key)
                .filter(key -> Files.exists(key) || Files.exists(Path.of(key + ".pub")));
    }

    private static Optional<String> setting(Path directory, String name) {
        try {
            Process git = new ProcessBuilder("git", "config", "--get", name)
                    .directory(directory.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            git.getOutputStream().close();
            String value = new String(git.getInputStream().readNBytes(4_096), StandardCharsets.UTF_8).strip();
            return git.waitFor(5, TimeUnit.SECONDS) && git.exitValue() == 0 && !value.isEmpty()
                    ? Optional.of(value)
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
