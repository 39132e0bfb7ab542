package io.k8sincident.cli.output;

import io.k8sincident.activities.redaction.Printable;
import java.util.Locale;

/**
 * Makes text that strangers wrote harmless on a terminal: control characters, escape sequences, bidirectional marks,
 * invisible characters and unpaired surrogates become their visible {@code \}{@code uXXXX} form.
 */
public final class Escape {
    private Escape() {}

    /** For a place that must stay on one line; line breaks and tabs are escaped, too. */
    public static String line(String text) {
        return escape(text, false);
    }

    /** For a block, such as a diff or a log: line breaks and tabs stay. */
    public static String block(String text) {
        return escape(text, true);
    }

    /** For JSON text, where the escaped form means the same as the character; its own line breaks stay. */
    public static String json(String json) {
        return escape(json, true);
    }

    private static String escape(String text, boolean keepLayout) {
        if (text.codePoints().noneMatch(point -> hostile(point, keepLayout))) {
            return text;
        }
        StringBuilder safe = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(point -> {
            if (hostile(point, keepLayout)) {
                for (char unit : Character.toChars(point)) {
                    safe.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
                }
            } else {
                safe.appendCodePoint(point);
            }
        });
        return safe.toString();
    }

    private static boolean hostile(int point, boolean keepLayout) {
        if (point == '\n' || point == '\t') {
            return !keepLayout;
        }
        return Printable.hostile(point);
    }
}
