package io.k8sincident.activities.redaction;

/** What stands between a name and its value in text, JSON, YAML, a Go struct or a header: {@code =}, {@code :}, … */
final class Separator {
    private static final int WIDEST_SPACE = 8;

    private Separator() {}

    /**
     * Where the value begins, its opening quote left out; -1 if no separator follows.
     *
     * @param end where the name ends, its closing quote not included
     */
    static int valueAfter(String text, int end) {
        int i = skipSpace(text, skipQuote(text, end));
        int afterSign = sign(text, i);
        if (afterSign < 0) {
            return -1;
        }
        int value = skipQuote(text, skipSpace(text, afterSign));
        return value < text.length() ? value : -1;
    }

    /** Past a quote and the backslashes that escape it. */
    static int skipQuote(String text, int from) {
        int i = from;
        while (i < text.length() && text.charAt(i) == '\\') {
            i++;
        }
        return i < text.length() && Chars.isQuote(text.charAt(i)) ? i + 1 : from;
    }

    static int skipSpace(String text, int from) {
        int i = from;
        while (i < text.length() && i - from < WIDEST_SPACE && (text.charAt(i) == ' ' || text.charAt(i) == '\t')) {
            i++;
        }
        return i;
    }

    /** Past {@code =}, {@code :}, {@code =>} or {@code :=}; -1 if there is none. */
    static int sign(String text, int from) {
        if (from >= text.length() || (text.charAt(from) != '=' && text.charAt(from) != ':')) {
            return -1;
        }
        int i = from + 1;
        return i < text.length() && (text.charAt(i) == '=' || text.charAt(i) == '>') ? i + 1 : i;
    }
}
