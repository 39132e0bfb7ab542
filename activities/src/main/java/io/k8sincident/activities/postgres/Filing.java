package io.k8sincident.activities.postgres;

/**
 * What a record is looked up by, as it stands in the columns beside its line: without NUL, which PostgreSQL keeps in no
 * text, and no longer than an index takes. Who looks up compares with the line afterwards.
 */
final class Filing {
    private static final int LONGEST_INCIDENT = 400;
    private static final int LONGEST_EVENT = 100;

    private Filing() {}

    static String incident(String incident) {
        return cut(incident, LONGEST_INCIDENT);
    }

    static String event(String event) {
        return cut(event, LONGEST_EVENT);
    }

    private static String cut(String text, int longest) {
        String kept = text.replace("\u0000", "");
        if (kept.length() <= longest) {
            return kept;
        }
        // Half of a surrogate pair is no text.
        return kept.substring(0, Character.isHighSurrogate(kept.charAt(longest - 1)) ? longest - 1 : longest);
    }
}
