package io.k8sincident.activities.approval;

import java.text.Normalizer;

/**
 * Text from outside, made safe to show: control and formatting characters, and letters that look like others (anything
 * but plain Latin), are written as {@code \}{@code uXXXX}.
 */
final class PlainText {
    private PlainText() {}

    /** At most {@code longest} characters of it, escaped. */
    static String shown(String text, int longest) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().limit(longest).forEach(point -> {
            if (plain(point)) {
                shown.appendCodePoint(point);
            } else {
                shown.append(String.format(point > 0xFFFF ? "\\u{%X}" : "\\u%04X", point));
            }
        });
        return shown + (text.codePointCount(0, text.length()) > longest ? "…" : "");
    }

    /** As much of it as so many bytes of UTF-8 hold, and no half character. */
    static String start(String text, int bytes) {
        int length = 0;
        int end = 0;
        while (end < text.length()) {
            int point = text.codePointAt(end);
            length += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
            if (length > bytes) {
                break;
            }
            end += Character.charCount(point);
        }
        return text.substring(0, end);
    }

    private static boolean plain(int point) {
        if (point < 0x80) {
            return point >= 0x20 && point != 0x7F;
        }
        String alone = Character.toString(point);
        return Character.isLetter(point)
                && Character.UnicodeScript.of(point) == Character.UnicodeScript.LATIN
                && Normalizer.isNormalized(alone, Normalizer.Form.NFKC)
                && !Normalizer.normalize(alone, Normalizer.Form.NFKD).equals(alone);
    }
}
