package io.k8sincident.activities.approval.ssh;

import java.time.Instant;
import java.util.Locale;

/**
 * One line of a file of allowed signers: whose a key is. Immutable.
 *
 * @param place file and line, such as {@code allowed_signers:3}
 */
public record AllowedSigner(String place, PatternList principals, SignerOptions options, SshPublicKey key) {
    private static final int LONGEST = 16_384;

    /** @throws AllowedSignersException if the line is not understood */
    static AllowedSigner parse(String place, String line) {
        try {
            if (line.length() > LONGEST) {
                throw new SshFormatException("is longer than " + LONGEST + " characters");
            }
            return new Words(line).signer(place);
        } catch (SshFormatException e) {
            throw new AllowedSignersException(place + ": the line cannot be used: " + e.getMessage()
                    + ". A line is: NAME namespaces=\"decision@k8sincident.io\" KEYTYPE KEY");
        }
    }

    /** Whether this name is among the names of the key. */
    public boolean names(String name) {
        return principals.matches(name);
    }

    /** Whether its key may sign for this namespace; without the option it may for all. */
    public boolean signsFor(String namespace) {
        PatternList namespaces = options.namespaces();
        return namespaces == null || namespaces.matches(namespace);
    }

    /** Whether the option names this very namespace, not only a pattern that fits it. */
    boolean signsExplicitlyFor(String namespace) {
        PatternList namespaces = options.namespaces();
        return namespaces != null && namespaces.patterns().contains(namespace) && namespaces.matches(namespace);
    }

    /**
     * A hardware key must say that somebody touched it, unless the line does without; and that it asked for PIN or
     * fingerprint, if the line wants that.
     *
     * @throws SshFormatException if it does not
     */
    public void requireTouch(SshSignature signature) {
        if (!options.noTouchRequired() && !signature.touched()) {
            throw new SshFormatException("nobody touched the hardware key, and " + place + " does not do without");
        }
        if (options.verifyRequired() && !signature.userVerified()) {
            throw new SshFormatException("the hardware key asked for no PIN or fingerprint, which " + place + " wants");
        }
    }

    boolean tooEarly(Instant at) {
        Instant from = options.validAfter();
        return from != null && at.isBefore(from);
    }

    boolean tooLate(Instant at) {
        Instant until = options.validBefore();
        return until != null && at.isAfter(until);
    }

    /** The words of a line; white space within double quotes does not part them. */
    private static final class Words {
        private final String line;
        private int at;

        Words(String line) {
            this.line = line;
        }

        AllowedSigner signer(String place) {
            String names = principals();
            String word = next();
            boolean plain = isType(word);
            SignerOptions options = plain ? SignerOptions.NONE : SignerOptions.parse(word);
            String type = plain ? word : next();
            SshPublicKey key = SshPublicKey.ofLine(type + " " + next());
            return new AllowedSigner(place, PatternList.of(names), options, key);
        }

        private String principals() {
            String word = next();
            boolean quoted = word.startsWith("\"");
            String names = quoted ? word.substring(1, Math.max(1, word.length() - 1)) : word;
            if (names.isEmpty() || names.indexOf('"') >= 0 || (quoted && !word.endsWith("\""))) {
                throw new SshFormatException("has names that are empty or not closed by a quote");
            }
            if (names.chars().anyMatch(c -> c < 0x20 || c > 0x7E)) {
                throw new SshFormatException(
                        "has a name with other than visible ASCII characters, which could look" + " like another name");
            }
            return names;
        }

        private static boolean isType(String word) {
            return word.indexOf('=') < 0
                    && word.indexOf(',') < 0
                    && !word.endsWith("-required")
                    && !word.toLowerCase(Locale.ROOT).equals("cert-authority");
        }

        private String next() {
            while (at < line.length() && isSpace(line.charAt(at))) {
                at++;
            }
            int start = at;
            boolean quoted = false;
            while (at < line.length() && (quoted || !isSpace(line.charAt(at)))) {
                quoted ^= line.charAt(at) == '"';
                at++;
            }
            if (start == at) {
                throw new SshFormatException("ends too early");
            }
            if (quoted) {
                throw new SshFormatException("has a quote that is not closed");
            }
            return line.substring(start, at);
        }

        private static boolean isSpace(char c) {
            return c == ' ' || c == '\t';
        }
    }
}
