package io.k8sincident.activities.postgres;

import io.k8sincident.activities.audit.chain.Heading;
import io.k8sincident.activities.audit.verify.Flaw;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

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

    /** What is wrong with a row's columns after the first, which are to be its line's sequence, incident and event. */
    static Optional<Flaw> flaw(ResultSet row, Heading heading, String place) throws SQLException {
        if (fits(row, heading)) {
            return Optional.empty();
        }
        return Optional.of(new Flaw(
                Flaw.Kind.MISFILED,
                heading.sequence(),
                place,
                "record " + heading.sequence() + " is kept as sequence " + row.getLong(2) + ", incident \""
                        + row.getString(3) + "\", event \"" + row.getString(4)
                        + "\", which are not its own: it would not be found"));
    }

    /** What is wrong with a row of several lines: read as lines they fit the chain, looked up by its columns none is found. */
    static Optional<Flaw> several(ResultSet row, byte[] line, String place) throws SQLException {
        for (byte each : line) {
            if (each == '\n') {
                return Optional.of(new Flaw(
                        Flaw.Kind.MISFILED,
                        row.getLong(2),
                        place,
                        "row " + row.getLong(2) + " holds more than one line: no record in it would be found"));
            }
        }
        return Optional.empty();
    }

    private static boolean fits(ResultSet row, Heading heading) throws SQLException {
        return row.getLong(2) == heading.sequence()
                && row.getString(3).equals(incident(heading.incident()))
                && row.getString(4).equals(event(heading.event()));
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
