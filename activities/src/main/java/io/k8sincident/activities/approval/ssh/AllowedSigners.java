package io.k8sincident.activities.approval.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * OpenSSH's file of allowed signers (ALLOWED SIGNERS in ssh-keygen(1)): which key may sign under which name, for what
 * and when. Read strictly: one line that is not understood makes the whole file unusable. Immutable.
 */
public final class AllowedSigners {
    private static final int LARGEST = 1 << 20;

    private final String file;
    private final List<AllowedSigner> signers;

    private AllowedSigners(String file, List<AllowedSigner> signers) {
        this.file = file;
        this.signers = List.copyOf(signers);
    }

    /**
     * Reads a file as it is now.
     *
     * @throws AllowedSignersException if it cannot be read or used
     */
    public static AllowedSigners read(Path path) {
        String name = String.valueOf(path.getFileName());
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw new AllowedSignersException(name + ":1: is larger than " + LARGEST + " bytes; split it up");
            }
            return parse(
                    name,
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString());
        } catch (CharacterCodingException e) {
            throw new AllowedSignersException(name + ":1: is not UTF-8; save it as UTF-8");
        } catch (IOException e) {
            throw new AllowedSignersException(name + ":1: the file of allowed signers " + path + " cannot be read (" + e
                    + "); name an existing file as decisions.allowedSigners, or write one with: incident init");
        }
    }

    /**
     * Reads its text; blank lines and those that begin with {@code #} say nothing.
     *
     * @param file as it is named in messages
     * @throws AllowedSignersException if it cannot be used
     */
    public static AllowedSigners parse(String file, String text) {
        List<AllowedSigner> signers = new ArrayList<>();
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            String stripped = line.strip();
            if (!stripped.isEmpty() && !stripped.startsWith("#")) {
                signers.add(AllowedSigner.parse(file + ":" + number, stripped));
            }
        }
        return new AllowedSigners(file, signers);
    }

    /** All lines with a key, in their order. */
    public List<AllowedSigner> signers() {
        return signers;
    }

    /**
     * What the file says to a key under a name: the line that allows it, or why none does.
     *
     * @param refusal in words, empty if it is allowed
     */
    public record Answer(Optional<AllowedSigner> line, String refusal) {}

    /** Whether this key may sign under this name for this namespace at this time. */
    public Answer find(String name, SshPublicKey key, String namespace, Instant at) {
        return find(name, key, namespace, at, signer -> signer.signsFor(namespace));
    }

    /**
     * As {@link #find}, for a namespace that a key must be kept for: its line names the namespace as it is, without a
     * pattern, and no line of the file lets the same key sign for the general one, under whatever name and at whatever
     * time.
     */
    public Answer findReserved(String name, SshPublicKey key, String namespace, String general, Instant at) {
        return signers.stream()
                .filter(signer -> signer.key().equals(key) && signer.signsFor(general))
                .findFirst()
                .map(signer -> refused(signer.place() + " lets key " + key.fingerprint() + " sign for " + general
                        + "; for " + namespace
                        + " it takes a key of its own, whose only line has the option namespaces=\""
                        + namespace + "\""))
                .orElseGet(() -> find(name, key, namespace, at, signer -> signer.signsExplicitlyFor(namespace)));
    }

    private Answer find(
            String name, SshPublicKey key, String namespace, Instant at, Predicate<AllowedSigner> signsForIt) {
        List<AllowedSigner> lines =
                signers.stream().filter(signer -> signer.key().equals(key)).toList();
        if (lines.isEmpty()) {
            return refused(file + " has no key " + key.fingerprint());
        }
        List<AllowedSigner> named =
                lines.stream().filter(signer -> signer.names(name)).toList();
        if (named.isEmpty()) {
            return refused(
                    lines.get(0).place() + " does not allow key " + key.fingerprint() + " to sign as '" + name + "'");
        }
        return named.stream()
                .filter(signer -> signsForIt.test(signer) && !signer.tooEarly(at) && !signer.tooLate(at))
                .findFirst()
                .map(signer -> new Answer(Optional.of(signer), ""))
                .orElseGet(() -> refused(why(named.get(0), namespace, at, signsForIt)));
    }

    /** Why a key with this fingerprint may not sign under this name now; empty if it may. */
    public Optional<String> objection(String name, String fingerprint, String namespace, Instant at) {
        return objection(fingerprint, key -> find(name, key, namespace, at));
    }

    /** As {@link #objection}, by {@link #findReserved}. */
    public Optional<String> objectionReserved(
            String name, String fingerprint, String namespace, String general, Instant at) {
        return objection(fingerprint, key -> findReserved(name, key, namespace, general, at));
    }

    private Optional<String> objection(String fingerprint, Function<SshPublicKey, Answer> find) {
        return signers.stream()
                .map(AllowedSigner::key)
                .filter(key -> key.fingerprint().equals(fingerprint))
                .findFirst()
                .map(find)
                .map(answer -> answer.line().isPresent() ? Optional.<String>empty() : Optional.of(answer.refusal()))
                .orElseGet(() -> Optional.of(file + " has no key " + fingerprint));
    }

    private static String why(AllowedSigner signer, String namespace, Instant at, Predicate<AllowedSigner> signsForIt) {
        if (!signsForIt.test(signer)) {
            return signer.place() + " does not allow its key to sign for " + namespace;
        }
        return signer.place()
                + (signer.tooEarly(at) ? " is not valid yet: valid-after is " : " has expired: valid-before was ")
                + (signer.tooEarly(at)
                        ? signer.options().validAfter()
                        : signer.options().validBefore());
    }

    private static Answer refused(String why) {
        return new Answer(Optional.empty(), why);
    }
}
