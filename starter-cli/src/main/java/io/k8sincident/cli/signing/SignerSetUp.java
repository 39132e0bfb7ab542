package io.k8sincident.cli.signing;

import io.k8sincident.activities.approval.Purpose;
import io.k8sincident.activities.approval.ssh.AllowedSigners;
import io.k8sincident.activities.approval.ssh.AllowedSignersException;
import io.k8sincident.activities.approval.ssh.SshFormatException;
import io.k8sincident.activities.approval.ssh.SshPublicKey;
import io.k8sincident.cli.host.Surroundings;
import io.k8sincident.cli.output.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sets a person up to sign: a key, a line in the file of allowed signers, and who they are. What is there stays as it is;
 * doing it again changes nothing.
 */
public final class SignerSetUp {
    private final Surroundings surroundings;
    private final Purpose purpose;
    private final Consumer<String> talk;

    /**
     * Sets up for this purpose.
     *
     * @param talk is told each thing that was done or found done
     */
    public SignerSetUp(Surroundings surroundings, Purpose purpose, Consumer<String> talk) {
        this.surroundings = surroundings;
        this.purpose = purpose;
        this.talk = talk;
    }

    /**
     * What is set up.
     *
     * @param line of the file of allowed signers
     */
    public record Done(SignerProfile profile, String line, Path allowedSigners) {}

    /**
     * Does it.
     *
     * @param name to sign under; null for the one kept before, else the user's
     * @param givenKey a key to use; null for the one kept before, {@code ~/.ssh/id_ed25519}, or a new one
     * @param givenFile the file of allowed signers; null for that of {@code INCIDENT_ALLOWED_SIGNERS}, else one of one's own
     * @throws Problem if something is there that says otherwise; it is never overwritten
     */
    public Done run(@Nullable String name, @Nullable String givenKey, @Nullable String givenFile) {
        Path folder = SignerProfile.folder(surroundings)
                .orElseThrow(() -> Problem.error(
                        "there is no home: neither XDG_CONFIG_HOME nor HOME is set", "set HOME, then incident init"));
        Optional<SignerProfile> before = SignerProfile.kept(surroundings, purpose);
        SignerProfile wanted = new SignerProfile(
                checked(Signer.name(surroundings, name, purpose)), privateHalf(keyFile(folder, before, givenKey)));
        before.filter(kept -> !kept.equals(wanted)).ifPresent(kept -> {
            throw Problem.error(
                    SignerProfile.file(folder, purpose) + " says that you are " + kept.name() + " with key "
                            + kept.key() + ", not " + wanted.name() + " with " + wanted.key()
                            + "; it is not overwritten",
                    "incident init without options keeps it; to change it, remove that file first");
        });
        Path file = allowedSigners(folder, givenFile);
        AllowedSigners signers = Files.exists(file) ? usable(file) : AllowedSigners.parse("new", "");
        SshPublicKey key = publicKey(wanted);
        requireNoOtherUse(signers, key, wanted);
        String line = wanted.name() + " namespaces=\"" + purpose.namespace() + "\" " + key.line();
        addLine(file, signers, wanted.name(), key, line);
        if (before.isEmpty()) {
            wanted.write(folder, purpose);
            talk.accept("kept who you are in " + SignerProfile.file(folder, purpose));
        }
        return new Done(wanted, line, file);
    }

    private static String checked(String name) {
        if (!name.matches("[!-~]+") || name.matches(".*[*?!,\"#].*") || name.equalsIgnoreCase("anonymous")) {
            throw Problem.usage(
                    "'" + name + "' cannot be the name of a signer", "give one with --as, such as alice@example.com");
        }
        return name;
    }

    private Path keyFile(Path folder, Optional<SignerProfile> before, @Nullable String given) {
        if (given != null) {
            return surroundings.directory().resolve(given).toAbsolutePath().normalize();
        }
        if (purpose == Purpose.BREAK_GLASS) {
            return before.map(SignerProfile::key).orElseGet(() -> folder.resolve("break_glass_ed25519"));
        }
        return before.map(SignerProfile::key)
                .or(() -> Optional.of(Path.of(surroundings.variable("HOME"), ".ssh", "id_ed25519"))
                        .filter(SignerSetUp::hasPublicHalf))
                .orElseGet(() -> folder.resolve("id_ed25519"));
    }

    private static Path privateHalf(Path key) {
        String file = key.toString();
        return file.endsWith(".pub") ? Path.of(file.substring(0, file.length() - 4)) : key;
    }

    private static boolean hasPublicHalf(Path key) {
        return Files.exists(Path.of(key + ".pub"));
    }

    private Path allowedSigners(Path folder, @Nullable String given) {
        String variable = surroundings.variable("INCIDENT_ALLOWED_SIGNERS");
        Path file = given != null
                ? surroundings.directory().resolve(given)
                : variable.isEmpty()
                        ? folder.resolve("allowed_signers")
                        : surroundings.directory().resolve(variable);
        return file.toAbsolutePath().normalize();
    }

    private static AllowedSigners usable(Path file) {
        try {
            return AllowedSigners.read(file);
        } catch (AllowedSignersException e) {
            throw Problem.error(String.valueOf(e.getMessage()), "correct that line, then incident init")
                    .causedBy(e);
        }
    }

    private SshPublicKey publicKey(SignerProfile profile) {
        Path key = profile.key();
        try {
            if (!hasPublicHalf(key)) {
                if (Files.exists(key)) {
                    throw Problem.error(
                            key + " has no public half " + key + ".pub",
                            "make it: ssh-keygen -y -f " + key + " > " + key + ".pub");
                }
                Files.createDirectories(key.toAbsolutePath().getParent());
                boolean ask = surroundings.terminals().canAsk();
                SshKeygen.create(key, profile.name(), ask);
                talk.accept("made the key " + key + (ask ? "" : ", without a passphrase: guard the file"));
            } else {
                talk.accept("found your key " + key);
            }
            return SshPublicKey.ofLine(Files.readString(Path.of(key + ".pub")));
        } catch (SshFormatException e) {
            throw Problem.error(key + ".pub cannot be used: " + e.getMessage(), "name another key with --key")
                    .causedBy(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A key that breaks the glass is for nothing else; rulings take no other. */
    private void requireNoOtherUse(AllowedSigners signers, SshPublicKey key, SignerProfile wanted) {
        Purpose other = purpose == Purpose.DECISION ? Purpose.BREAK_GLASS : Purpose.DECISION;
        boolean inFile = signers.signers().stream()
                .filter(signer -> signer.key().equals(key))
                .anyMatch(signer -> signer.signsFor(other.namespace())
                        && (purpose == Purpose.BREAK_GLASS || !signer.signsFor(purpose.namespace())));
        boolean kept = SignerProfile.kept(surroundings, other)
                .filter(profile -> profile.key().equals(wanted.key()))
                .isPresent();
        if (inFile || kept) {
            throw Problem.error(
                    wanted.key() + " is a key for " + other.namespace()
                            + "; breaking the glass takes a key that is for nothing else",
                    "name another key with --key");
        }
    }

    private void addLine(Path file, AllowedSigners signers, String name, SshPublicKey key, String line) {
        boolean known = signers.signers().stream()
                .anyMatch(signer ->
                        signer.key().equals(key) && signer.names(name) && signer.signsFor(purpose.namespace()));
        if (known) {
            talk.accept("found your line in " + file);
            return;
        }
        try {
            Files.createDirectories(file.getParent());
            String text = Files.exists(file) ? Files.readString(file) : "";
            String lineFeed = text.isEmpty() || text.endsWith("\n") ? "" : "\n";
            Files.write(
                    file,
                    (lineFeed + line + "\n").getBytes(StandardCharsets.UTF_8),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
            talk.accept("added your line to " + file);
        } catch (IOException e) {
            throw Problem.error(file + " cannot be written: " + e.getMessage(), "give who keeps it this line: " + line)
                    .causedBy(e);
        }
    }
}
