package io.k8sincident.activities.redaction;

import java.util.regex.Pattern;

/** Looks for parts of a secret, not only for all of it. */
public final class Fragments {
    private static final int LONG_ENOUGH_TO_MATTER = 6;

    private static final Pattern FIXED =
            Pattern.compile("Authorization: (Bearer|Basic) |-----[A-Z ]+-----|https://|@errors.*|github_pat_|\n");

    private Fragments() {}

    /** Whether six characters in a row of the secret, its fixed prefix and words left out, stand in the text. */
    public static boolean shared(String secret, String text) {
        for (String part : FIXED.split(secret, -1)) {
            for (int i = 0; i + LONG_ENOUGH_TO_MATTER <= part.length(); i++) {
                if (text.contains(part.substring(i, i + LONG_ENOUGH_TO_MATTER))) {
                    return true;
                }
            }
        }
        return false;
    }
}
