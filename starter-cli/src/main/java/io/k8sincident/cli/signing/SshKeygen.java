package io.k8sincident.cli.signing;

import io.k8sincident.cli.output.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The program ssh-keygen. It talks to the person itself: passphrases, PINs, "touch your key". */
public final class SshKeygen {
    private SshKeygen() {}

    /**
     * The armored signature of a key over a statement.
     *
     * @param key a private key, or a public one whose private half an agent holds
     * @param namespace what the signature is made for
     * @throws Problem if it does not sign
     */
    public static String sign(Path key, byte[] statement, String namespace) {
        try {
            Path folder = Files.createTempDirectory("k8s-incident-sign");
            Path text = folder.resolve("statement");
            Path signature = folder.resolve("statement.sig");
            try {
                Files.write(text, statement);
                run(
                        List.of(
                                "ssh-keygen",
                                "-q",
                                "-Y",
                                "sign",
                                "-n",
                                namespace,
                                "-f",
                                present(key).toString(),
                                text.toString()),
                        "no signature was made with " + key,
                        "see what ssh-keygen says above, or give another key with --key");
                return Files.readString(signature);
            } finally {
                for (Path file : List.of(text, signature, folder)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Makes an Ed25519 key at this place, where there is none yet.
     *
     * @param ask whether the person can be asked for a passphrase; without one otherwise
     */
    static void create(Path key, String comment, boolean ask) {
        List<String> command = List.of("ssh-keygen", "-q", "-t", "ed25519", "-C", comment, "-f", key.toString());
        run(
                ask
                        ? command
                        : Stream.concat(command.stream(), Stream.of("-N", "")).toList(),
                "no key was made at " + key,
                "see what ssh-keygen says above, or name an existing key with --key");
    }

    /** Where only the public half is there, the private one is with the agent. */
    private static Path present(Path key) {
        Path publicHalf = Path.of(key + ".pub");
        return !Files.exists(key) && Files.exists(publicHalf) ? publicHalf : key;
    }

    private static void run(List<String> command, String failure, String next) {
        try {
            int code = new ProcessBuilder(command)
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            if (code != 0) {
                throw Problem.error(failure + ": ssh-keygen ended with " + code, next);
            }
        } catch (IOException e) {
            throw Problem.error("ssh-keygen cannot be started: " + e.getMessage(), "install OpenSSH 8.2 or newer")
                    .causedBy(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.error("interrupted while signing", next).causedBy(e);
        }
    }
}
