package io.k8sincident.activities.approval.ssh;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** The lines around a signature, as {@code ssh-keygen -Y sign} writes them. */
final class Armor {
    /** Enough for the longest RSA key that is accepted. */
    static final int LONGEST = 12_000;

    private static final String BEGIN = "-----BEGIN SSH SIGNATURE-----";
    private static final String END = "-----END SSH SIGNATURE-----";
    private static final int LONGEST_LINE = 76;

    private Armor() {}

    /**
     * What is between them.
     *
     * @throws SshFormatException if it is not exactly one signature; lines end with a line feed, the last one may do so
     */
    static byte[] open(String text) {
        if (text.length() > LONGEST) {
            throw new SshFormatException(
                    "the signature is " + text.length() + " characters long; at most " + LONGEST + " are read");
        }
        List<String> lines =
                Arrays.asList((text.endsWith("\n") ? text.substring(0, text.length() - 1) : text).split("\n", -1));
        if (lines.size() < 3
                || !lines.get(0).equals(BEGIN)
                || !lines.get(lines.size() - 1).equals(END)) {
            throw new SshFormatException(
                    "the signature must begin with the line " + BEGIN + " and end with the line " + END);
        }
        List<String> inner = lines.subList(1, lines.size() - 1);
        if (inner.stream().anyMatch(line -> line.isEmpty() || line.length() > LONGEST_LINE)) {
            throw new SshFormatException(
                    "the signature's lines must have 1 to " + LONGEST_LINE + " characters, without blank lines");
        }
        return base64(String.join("", inner), "the signature");
    }

    /** Bytes from their one canonical Base64 form. */
    static byte[] base64(String text, String what) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (Base64.getEncoder().encodeToString(bytes).equals(text)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            throw new SshFormatException(what + " is no Base64");
        }
        throw new SshFormatException(what + " is no canonical Base64");
    }
}
