package io.k8sincident.activities.testing;

import io.k8sincident.scenarios.matrix.FaultMatrix;

/** What the tests of one row came to. */
final class RowCount {
    private int tests;
    private int failed;
    private boolean onTheWire;
    private long applied;
    private long duplicates;
    private long unapproved;

    /** One more test, with what the wire saw in it. */
    void add(boolean failure) {
        tests++;
        failed += failure ? 1 : 0;
        onTheWire |= WireTally.watched();
        applied += WireTally.applied();
        duplicates += WireTally.duplicates();
        unapproved += WireTally.unapproved();
    }

    boolean isEmpty() {
        return tests == 0;
    }

    String runs() {
        return tests + " tests, " + failed + " failed" + (onTheWire ? ", " + applied + " writes" : "");
    }

    /** Not counted where no test had an API in front of which writes are counted: 0 would claim that somebody looked. */
    long duplicates() {
        return onTheWire ? duplicates : FaultMatrix.NOT_COUNTED;
    }

    long unapproved() {
        return onTheWire ? unapproved : FaultMatrix.NOT_COUNTED;
    }

    /** @throws AssertionError if a write was sent twice or without an approval, whatever the tests themselves looked at */
    void requireHarmless(String fault) {
        if (duplicates > 0 || unapproved > 0) {
            throw new AssertionError(fault + ": " + duplicates + " duplicate writes and " + unapproved
                    + " without an approval were carried out; both must be 0");
        }
    }
}
