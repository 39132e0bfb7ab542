package io.k8sincident.activities.redaction;

/** Where the value of a name ends in text. */
final class ValueEnd {
    static final int LONGEST = 16_384;

    private static final int LONGEST_NAME = 40;

    private ValueEnd() {}

    /**
     * The end, exclusive, of the value that begins here; of a quoted one without its closing quote.
     *
     * @param longest how many characters of it are looked at
     */
    static int of(String text, int start, int longest) {
        int limit = Math.min(text.length(), start + longest);
        return start > 0 && Chars.isQuote(text.charAt(start - 1))
                ? quoted(text, start, limit)
                : bare(text, start, limit);
    }

    /** At the quote that is escaped as often as the opening one, or at the end of the line. */
    private static int quoted(String text, int start, int limit) {
        char quote = text.charAt(start - 1);
        int depth = backslashesBefore(text, start - 1);
        for (int i = start; i < limit; i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                return i;
            }
            if (c == quote && Math.max(0, backslashesBefore(text, i)) <= depth) {
                return i - Math.min(depth, backslashesBefore(text, i));
            }
        }
        return limit;
    }

    private static int bare(String text, int start, int limit) {
        int i = start;
        while (i < limit && !ends(text, i)) {
            i++;
        }
        return i;
    }

    private static boolean ends(String text, int i) {
        char c = text.charAt(i);
        if (c <= ' ' || Chars.isQuote(c)) {
            return true;
        }
        boolean delimiter = c == ',' || c == ';' || c == '&' || c == ')' || c == ']' || c == '}';
        return delimiter && (i + 1 == text.length() || startsSomethingNew(text, i + 1));
    }

    /** Whether a space, a bracket or the next {@code name=} follows; a comma inside a password has none of these. */
    private static boolean startsSomethingNew(String text, int from) {
        int i = from;
        while (i < text.length()
                && i - from < LONGEST_NAME
                && (Chars.isName(text.charAt(i)) || text.charAt(i) == ' ')) {
            if (text.charAt(i) == ' ' && i == from) {
                return true;
            }
            i++;
        }
        if (i == text.length()) {
            return i == from;
        }
        char c = text.charAt(i);
        return i > from
                ? c == '=' || c == ':'
                : c <= ' ' || Chars.isQuote(c) || c == '}' || c == ']' || c == ')' || c == ',';
    }

    private static int backslashesBefore(String text, int at) {
        int i = at;
        while (i > 0 && text.charAt(i - 1) == '\\') {
            i--;
        }
        return at - i;
    }
}
