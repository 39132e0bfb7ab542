package io.k8sincident.activities.redaction;

import com.google.re2j.Pattern;

/**
 * Makes text that strangers wrote harmless to show: terminal escape sequences go, and control characters, bidirectional
 * and invisible marks and unpaired surrogates become their visible {@code \}{@code uXXXX} form.
 */
public final class Printable {
    /** ECMA-48: control sequences, and operating system commands up to BEL or ST. */
    private static final Pattern ESCAPE_SEQUENCE =
            Pattern.compile("\\x1b(?:\\[[0-?]*[ -/]*[@-~]|\\][^\\x07\\x1b\\n]*(?:\\x07|\\x1b\\\\)|[@-Z^_])");

    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private Printable() {}

    /** For a place that must stay on one line: line breaks and tabs become spaces. */
    public static String line(String text) {
        return isPlain(text) && text.indexOf('\n') < 0 && text.indexOf('\t') < 0
                ? text
                : block(text).replaceAll("\\s+", " ").strip();
    }

    /** For a block, such as a log: line breaks (in any style) and tabs stay. */
    public static String block(String text) {
        if (isPlain(text)) {
            return text;
        }
        String plain = text.indexOf('\u001b') < 0
                ? text
                : ESCAPE_SEQUENCE.matcher(text).replaceAll("");
        StringBuilder safe = new StringBuilder(plain.length() + 16);
        for (int i = 0; i < plain.length(); ) {
            int point = plain.codePointAt(i);
            i += Character.charCount(point);
            if (point == '\r') {
                if (i >= plain.length() || plain.charAt(i) != '\n') {
                    safe.append('\n');
                }
            } else if (point == '\n' || point == '\t' || !hostile(point)) {
                safe.appendCodePoint(point);
            } else {
                escape(safe, point);
            }
        }
        return safe.toString();
    }

    /** At most so many characters of {@link #line}, the last of them an ellipsis if some were cut. */
    public static String line(String text, int longest) {
        String line = line(text.length() > 8 * longest ? text.substring(0, 8 * longest) : text);
        if (line.length() <= longest) {
            return line;
        }
        int end = Character.isHighSurrogate(line.charAt(longest - 2)) ? longest - 2 : longest - 1;
        return line.substring(0, end) + "…";
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < ' ' && c != '\n' && c != '\t') || c > '~') {
                return false;
            }
        }
        return true;
    }

    /** Whether it is one of those characters, line breaks and tabs among them. */
    public static boolean hostile(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    private static void escape(StringBuilder safe, int point) {
        for (char unit : Character.toChars(point)) {
            safe.append("\\u");
            for (int shift = 12; shift >= 0; shift -= 4) {
                safe.append(HEX[unit >> shift & 0xf]);
            }
        }
    }
}
