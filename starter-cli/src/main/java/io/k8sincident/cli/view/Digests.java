package io.k8sincident.cli.view;

import org.jspecify.annotations.Nullable;

/** Digests as a person reads and types them. */
public final class Digests {
    /** How many characters tell a plan apart in a line of text, and must be typed where nobody can be asked. */
    public static final int SHORT = 12;

    private static final String PREFIX = "sha256:";

    private Digests() {}

    /** The first characters of its hexadecimal part; {@code -} if there is none. */
    public static String shortened(@Nullable String digest) {
        if (digest == null) {
            return "-";
        }
        String hex = hex(digest);
        return hex.length() > SHORT ? hex.substring(0, SHORT) : hex;
    }

    /** Without the name of the algorithm. */
    public static String hex(String digest) {
        return digest.startsWith(PREFIX) ? digest.substring(PREFIX.length()) : digest;
    }
}
