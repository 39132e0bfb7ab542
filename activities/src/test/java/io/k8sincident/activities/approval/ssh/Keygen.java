package io.k8sincident.activities.approval.ssh;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The real {@code ssh-keygen}, with keys in one folder; a test that needs it is skipped where there is none. */
public final class Keygen {
    public static final String NAMESPACE = "decision@k8sincident.io";
    private final Path folder;

    public Keygen(Path folder) {
        this.folder = folder;
        assumeTrue(installed(), "ssh-keygen is not installed: install OpenSSH to run the tests with real signatures");
    }

    private static boolean installed() {
        return List.of(System.getenv("PATH").split(":")).stream()
                .anyMatch(place -> Files.isExecutable(Path.of(place, "ssh-keygen")));
    }

    /** Makes a key without a passphrase and returns its public half, as one line. */
    public String key(String name, String type, int bits) {
        List<String> command = new ArrayList<>(List.of("ssh-keygen", "-q", "-t", type));
        if (bits > 0) {
            command.addAll(List.of("-b", Integer.toString(bits)));
        }
        command.addAll(List.of("-N", "", "-C", name, "-f", file(name).toString()));
        run(command, "");
        return publicKey(name);
    }

    public String key(String name) {
        return key(name, "ed25519", 0);
    }

    public String publicKey(String name) {
        try {
            return Files.readString(folder.resolve(name + ".pub")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path file(String name) {
        return folder.resolve(name);
    }

    /** The armored signature. */
    public String sign(String name, String message, String namespace, String... options) {
        List<String> command = new ArrayList<>(List.of(
                "ssh-keygen",
                "-q",
                "-Y",
                "sign",
                "-n",
                namespace,
                "-f",
                file(name).toString()));
        command.addAll(List.of(options));
        return run(command, message);
    }

    public String sign(String name, String message) {
        return sign(name, message, NAMESPACE);
    }

    /** Whether OpenSSH itself takes the signature under this file of allowed signers. */
    public boolean verifies(String allowedSigners, String principal, String message, String signature) {
        try {
            Path signers = Files.writeString(folder.resolve("allowed_signers"), allowedSigners);
            Path proof = Files.writeString(folder.resolve("proof"), signature);
            return start(
                                    List.of(
                                            "ssh-keygen",
                                            "-Y",
                                            "verify",
                                            "-f",
                                            signers.toString(),
                                            "-I",
                                            principal,
                                            "-n",
                                            NAMESPACE,
                                            "-s",
                                            proof.toString()),
                                    message)
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String run(List<String> command, String input) {
        try {
            Process process = start(command, input);
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException(command + " failed: " + out);
            }
            return out;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Process start(List<String> command, String input) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().remove("SSH_AUTH_SOCK");
        builder.environment().put("TZ", "UTC");
        Process process = builder.start();
        try (var stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        }
        return process;
    }
}
