package io.k8sincident.activities.advice;

import io.k8sincident.activities.blob.Digest;
import io.k8sincident.workflows.model.Observation;

/**
 * One piece of evidence as a prompt shows it.
 *
 * @param id {@code E1} and up as in the diagnosis, {@code V1} and up for events and {@code L1} and up for logs that the
 *     diagnosis does not cite
 * @param where one line
 * @param text redacted and harmless, maybe of many lines
 * @param digest of what was read there
 */
record Exhibit(String id, String where, String text, String digest) {
    private static final int LONGEST_WHERE = 200;
    private static final int LONGEST_SUMMARY = 160;

    static Exhibit of(Observation observation) {
        return new Exhibit(
                observation.id(),
                Shown.line(observation.where(), LONGEST_WHERE),
                Shown.line(observation.summary(), 2 * Observation.LONGEST),
                observation.digest());
    }

    /** One that no diagnosis cites; the text is shown already. */
    static Exhibit more(String id, String where, String text) {
        return new Exhibit(id, Shown.line(where, LONGEST_WHERE), text, Digest.of(text));
    }

    /** For those who read the advice without the prompt. */
    Observation observation() {
        return new Observation(id, where, Shown.line(text, LONGEST_SUMMARY), digest);
    }

    String written() {
        return id + "\n" + Shown.marked(where) + Shown.marked(text);
    }
}
