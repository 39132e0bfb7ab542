package io.k8sincident.activities.advice;

import io.k8sincident.activities.redaction.Printable;
import io.k8sincident.workflows.model.AdvisedClaim;
import io.k8sincident.workflows.model.DropReason;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Holds what a model says against the evidence that it names. */
final class Quotes {
    /** Characters; fewer are found in almost any text. */
    static final int SHORTEST = 8;

    private final Map<String, Exhibit> exhibits;
    private final Consumer<DropReason> dropped;

    /** @param dropped told of each sentence that does not hold */
    Quotes(Map<String, Exhibit> exhibits, Consumer<DropReason> dropped) {
        this.exhibits = exhibits;
        this.dropped = dropped;
    }

    /** The claim, if it may be shown and its quote stands in its observation. */
    Optional<AdvisedClaim> proven(Answer.Said said) {
        String text = FitText.normalised(said.text());
        String quote = FitText.normalised(said.quote());
        Exhibit exhibit = exhibits.get(said.observation());
        if (exhibit == null) {
            return without(DropReason.UNKNOWN_OBSERVATION);
        }
        String shown = FitText.normalised(exhibit.text());
        if (quote.length() < SHORTEST && !quote.equals(shown)) {
            return without(DropReason.QUOTE_TOO_SHORT);
        }
        if (quote.isEmpty() || !shown.contains(quote)) {
            return without(DropReason.QUOTE_NOT_FOUND);
        }
        if (!FitText.fits(text) || quote.length() > FitText.LONGEST_QUOTE || !quote.equals(Printable.line(quote))) {
            return without(DropReason.UNFIT_TEXT);
        }
        return Optional.of(new AdvisedClaim(text, exhibit.id(), quote));
    }

    private Optional<AdvisedClaim> without(DropReason reason) {
        dropped.accept(reason);
        return Optional.empty();
    }
}
