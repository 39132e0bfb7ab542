package io.k8sincident.activities.audit.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the records of some thousand lines of a file stand, by what they are looked up by: eight bytes a record. Not
 * thread-safe.
 */
final class Stretch {
    /** Half a megabyte when it is full. */
    static final int MOST = 65_536;

    private static final long REACH = 0xffff_ffffL;

    private final long from;
    private long to;
    private int count;
    private boolean sorted;
    /** The hash of what is looked up, then the place after {@code from}; null once it is forgotten. */
    private long @Nullable [] entries = new long[256];

    Stretch(long from) {
        this.from = from;
        this.to = from;
    }

    /** Where the first line begins. */
    long from() {
        return from;
    }

    /** Where the last line ends. */
    long to() {
        return to;
    }

    boolean takes(long start) {
        return count < MOST && start - from <= REACH;
    }

    void add(int hash, long start, long end) {
        long[] known = entries;
        if (known != null) {
            if (count == known.length) {
                known = Arrays.copyOf(known, count * 2);
                entries = known;
            }
            known[count++] = ((long) hash << Integer.SIZE) | (start - from);
        }
        to = end;
    }

    /** Nothing follows: sorted, it is searched faster. */
    void full() {
        if (entries != null) {
            entries = Arrays.copyOf(entries, count);
            Arrays.sort(entries);
            sorted = true;
        }
    }

    void forget() {
        entries = null;
    }

    boolean forgotten() {
        return entries == null;
    }

    /** Where records with this hash begin, in order; others may have it as well. */
    List<Long> starts(int hash) {
        long[] known = entries;
        List<Long> starts = new ArrayList<>();
        if (known == null) {
            return starts;
        }
        long least = (long) hash << Integer.SIZE;
        int first = 0;
        if (sorted) {
            int found = Arrays.binarySearch(known, least);
            first = found >= 0 ? found : -found - 1;
        }
        for (int i = first; i < count; i++) {
            if ((int) (known[i] >> Integer.SIZE) == hash) {
                starts.add(from + (known[i] & REACH));
            } else if (sorted) {
                break;
            }
        }
        return starts;
    }
}
