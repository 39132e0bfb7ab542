package io.k8sincident.activities.diagnosis;

import io.k8sincident.workflows.model.Observation;
import java.util.Locale;

/** Text from a cluster, made safe to show: in one line, without control or direction characters, of bounded length. */
final class Words {
    private Words() {}

    /** Escaped, and cut at {@value Observation#LONGEST} characters with an ellipsis. */
    static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < text.length() && shown.length() <= Observation.LONGEST; ) {
            int character = text.codePointAt(i);
            shown.append(escaped(character));
            i += Character.charCount(character);
        }
        return shown.length() <= Observation.LONGEST ? shown.toString() : cut(shown);
    }

    private static String cut(StringBuilder shown) {
        int end = Observation.LONGEST - 1;
        if (Character.isHighSurrogate(shown.charAt(end - 1))) {
            end--;
        }
        return shown.substring(0, end) + "…";
    }

    private static String escaped(int character) {
        return switch (character) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> " ";
            default ->
                visible(character) ? Character.toString(character) : String.format(Locale.ROOT, "\\u{%x}", character);
        };
    }

    private static boolean visible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
