package io.k8sincident.activities.redaction;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Recognises one family of credentials in text, from a place where one of its triggers stands. Stateless. */
interface Detector {
    /** What the text must hold, in lower-case ASCII, for this detector to be asked. */
    List<String> triggers();

    /**
     * What is to be replaced, given that one of the triggers stands at this place; null, or {@link Span#nothingTo}, if it
     * is no credential. Who returns null has looked at a bounded number of characters, or at none behind the next trigger.
     *
     * @param start where the trigger begins
     * @param end where it ends, exclusive
     */
    @Nullable
    Span at(String text, int start, int end);

    /** A part of a text, and what stands in its place. */
    record Span(int start, int end, String replacement) {
        static Span of(int start, int end, String kind) {
            return new Span(start, end, "[redacted:" + kind + "]");
        }

        /** There is nothing to replace, nor where the same trigger begins before this place. */
        static Span nothingTo(int place) {
            return new Span(place, place, "");
        }
    }
}
