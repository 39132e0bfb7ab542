package io.k8sincident.activities.advice;

import io.k8sincident.activities.redaction.Printable;
import io.k8sincident.activities.redaction.Redactor;

/**
 * How text that strangers wrote gets into a prompt: without credentials, without control or invisible characters, and
 * with a mark before each line that nothing within it can end.
 */
final class Shown {
    /** Begins each line of data. */
    static final String MARK = "| ";

    private Shown() {}

    /** Redacted and harmless; line breaks stay. */
    static String block(String text) {
        return Printable.block(Redactor.text(text));
    }

    /** The same in one line of at most so many characters. */
    static String line(String text, int longest) {
        return Printable.line(Redactor.text(text), longest);
    }

    /** Every line with its mark. */
    static String marked(String shown) {
        return MARK + shown.stripTrailing().replace("\n", "\n" + MARK) + "\n";
    }
}
