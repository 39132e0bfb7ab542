package io.k8sincident.activities.audit.verify;

import io.k8sincident.activities.audit.chain.ChainEnd;
import io.k8sincident.activities.audit.verify.Flaw.Kind;
import io.k8sincident.activities.audit.verify.RecordReader.Found;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whether a record follows the one before, and if not, which of the two is to blame. */
final class ChainCheck {
    private final ChainEnd end;
    private final Found found;
    private final ScannedRecord record;
    private final RecordReader rest;

    ChainCheck(ChainEnd end, Found found, RecordReader rest) {
        this.end = end;
        this.found = found;
        this.record = Objects.requireNonNull(found.record());
        this.rest = rest;
    }

    /** What is wrong; null if nothing is. Reads on to find out, so that nothing can be checked afterwards. */
    @Nullable
    Flaw flaw() throws IOException {
        long expected = end.sequence() + 1;
        if (record.sequence() == expected) {
            return record.previous().equals(end.hash()) ? null : brokenLink();
        }
        if (record.previous().equals(end.hash())) {
            return flaw(
                    Kind.EDITED, expected, "record " + expected + " was edited: it calls itself " + record.sequence());
        }
        if (record.sequence() < expected) {
            return flaw(
                    Kind.REORDERED,
                    expected,
                    "record " + record.sequence() + " stands where record " + expected + " should");
        }
        return followsLater(expected)
                ? flaw(
                        Kind.REORDERED,
                        expected,
                        "record " + record.sequence() + " stands where record " + expected
                                + " should, which comes later")
                : flaw(Kind.DROPPED, expected, missing(expected, record.sequence() - 1) + " missing");
    }

    /** The one whose hash the next record still knows is not to blame. */
    private Flaw brokenLink() {
        ScannedRecord next = rest.peek() == null ? null : rest.peek().record();
        boolean knownToNext = next != null && next.previous().equals(record.hash());
        boolean last = rest.peek() == null;
        long blamed = knownToNext || last ? end.sequence() : record.sequence();
        return flaw(
                Kind.EDITED,
                blamed,
                "record " + blamed + " was edited: "
                        + (blamed == end.sequence()
                                ? "the hash that record " + record.sequence() + " holds of it is another"
                                : "it does not hold the hash of record " + end.sequence()));
    }

    private boolean followsLater(long sequence) throws IOException {
        for (Found later = rest.take(); later != null; later = rest.take()) {
            if (later.record() != null && later.record().sequence() == sequence) {
                return true;
            }
        }
        return false;
    }

    private static String missing(long from, long to) {
        return from == to ? "record " + from + " is" : "records " + from + " to " + to + " are";
    }

    private Flaw flaw(Kind kind, long sequence, String text) {
        return new Flaw(kind, sequence, found.line().place(), text);
    }
}
