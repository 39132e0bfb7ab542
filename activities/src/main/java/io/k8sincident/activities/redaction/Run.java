package io.k8sincident.activities.redaction;

/** A run of certain ASCII characters in a credential, with or without a dot before it. Immutable and thread-safe. */
final class Run {
    static final String UPPER_AND_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    static final String WORD = UPPER_AND_DIGITS + "abcdefghijklmnopqrstuvwxyz";

    private final int least;
    private final int most;
    private final boolean[] characters = new boolean[128];
    private final boolean dot;
    private final boolean optional;

    private Run(int least, int most, String characters, boolean dot, boolean optional) {
        this.least = least;
        this.most = most;
        this.dot = dot;
        this.optional = optional;
        characters.chars().forEach(c -> this.characters[c] = true);
    }

    /** So many of these characters; what follows is not part of the credential. */
    static Run exactly(int length, String characters) {
        return new Run(length, length, characters, false, false);
    }

    /** As many of these characters as there are, but so many at least. */
    static Run atLeast(int length, String characters) {
        return new Run(length, Integer.MAX_VALUE, characters, false, false);
    }

    /** The same behind a dot. */
    static Run behindDot(int length, String characters) {
        return new Run(length, Integer.MAX_VALUE, characters, true, false);
    }

    /** Any number of these characters behind a dot, or nothing of this. */
    static Run behindDotIfThere(String characters) {
        return new Run(0, Integer.MAX_VALUE, characters, true, true);
    }

    /** Where it ends in a text, exclusive, if it begins here; -1 if it does not begin here. */
    int end(String text, int from) {
        if (dot && !(from < text.length() && text.charAt(from) == '.')) {
            return optional ? from : -1;
        }
        int start = dot ? from + 1 : from;
        int limit = most < text.length() - start ? start + most : text.length();
        int i = start;
        while (i < limit && text.charAt(i) < characters.length && characters[text.charAt(i)]) {
            i++;
        }
        return i - start < least ? -1 : i;
    }
}
