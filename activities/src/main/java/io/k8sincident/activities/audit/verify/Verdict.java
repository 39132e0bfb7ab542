package io.k8sincident.activities.audit.verify;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a check came to.
 *
 * @param trail the hash of the trail's first line, empty if it is not known
 * @param first sequence of the first record that was there, 0 if there was none
 * @param last sequence of the last record that was found good
 * @param sealed up to where a trusted signature reaches, 0 if nowhere
 * @param checkpoints how many with a trusted signature were found to fit
 * @param flaw the first thing that is wrong; null if nothing is
 * @param notes what a reader should know though nothing is wrong
 */
public record Verdict(
        String trail,
        long first,
        long last,
        long sealed,
        long checkpoints,
        @Nullable Flaw flaw,
        List<String> notes) {
    public Verdict {
        notes = List.copyOf(notes);
    }

    /** Whether nothing is wrong. */
    public boolean good() {
        return flaw == null;
    }
}
