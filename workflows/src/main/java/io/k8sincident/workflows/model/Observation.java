package io.k8sincident.workflows.model;

/**
 * One fact in a snapshot.
 *
 * @param id its id within one diagnosis, {@code E1} and up, in the order in which it is cited
 * @param where the object and the field, event or log that it was read from
 * @param summary the fact in words; redacted, escaped, at most {@value #LONGEST} characters
 * @param digest {@code sha256:} of what was read at that place, after redaction
 */
public record Observation(String id, String where, String summary, String digest) {
    public static final int LONGEST = 300;

    public Observation {
        if (summary.length() > LONGEST) {
            throw new IllegalArgumentException("observation " + id + " has " + summary.length() + " characters");
        }
    }
}
