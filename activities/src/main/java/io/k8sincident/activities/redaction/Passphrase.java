package io.k8sincident.activities.redaction;

import java.util.Locale;
import java.util.Set;

/**
 * A password of several words that stands unquoted in a file of settings: {@code password: correct horse battery}. The
 * name must begin its line, and what follows must look like no sentence and no further setting.
 */
final class Passphrase {
    private static final int LONGEST = 200;
    private static final int MOST_WORDS = 12;

    private Passphrase() {}

    /** Whether nothing but white space or a dash stands before the name on its line. */
    static boolean startsLine(String text, int nameStart) {
        int i = nameStart;
        while (i > 0 && nameStart - i < LONGEST && (text.charAt(i - 1) == ' ' || text.charAt(i - 1) == '\t')) {
            i--;
        }
        return i == 0 || text.charAt(i - 1) == '\n' || text.charAt(i - 1) == '\r';
    }

    /**
     * The end of the line, if the words up to there belong to the value; otherwise the end of the first word.
     *
     * @param prose words that sentences have and passwords have not
     */
    static int end(String text, int value, int firstEnd, Set<String> prose) {
        int line = firstEnd;
        while (line < text.length() && text.charAt(line) >= ' ' && line - value <= LONGEST) {
            line++;
        }
        if (line - value > LONGEST || Chars.isQuote(text.charAt(value - 1))) {
            return firstEnd;
        }
        String rest = text.substring(firstEnd, line).stripTrailing();
        if (rest.isBlank() || rest.charAt(0) != ' ' || rest.indexOf('=') >= 0 || rest.indexOf('"') >= 0) {
            return firstEnd;
        }
        String[] words = rest.strip().split(" +", -1);
        if (words.length > MOST_WORDS) {
            return firstEnd;
        }
        for (String word : words) {
            if (word.endsWith(":") || word.startsWith("#") || prose.contains(word.toLowerCase(Locale.ROOT))) {
                return firstEnd;
            }
        }
        return firstEnd + rest.length();
    }
}
