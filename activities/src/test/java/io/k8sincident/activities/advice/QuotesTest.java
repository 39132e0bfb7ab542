package io.k8sincident.activities.advice;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.workflows.model.AdvisedClaim;
import io.k8sincident.workflows.model.DropReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QuotesTest {
    private static final String SENTENCE = "The table cannot be opened";

    private final List<DropReason> dropped = new ArrayList<>();
    private final Quotes quotes = new Quotes(
            Map.of(
                    "E1", Exhibit.more("E1", "a log", "starting\n  panic:   cannot open table\torders\nexit"),
                    "E2", Exhibit.more("E2", "a field", "exit 1")),
            dropped::add);

    private Optional<AdvisedClaim> said(String observation, String quote) {
        return quotes.proven(new Answer.Said(SENTENCE, observation, quote));
    }

    @Test
    void keepsWhatStandsInTheObservation() {
        assertThat(said("E1", "cannot open table orders"))
                .contains(new AdvisedClaim(SENTENCE, "E1", "cannot open table orders"));
        assertThat(dropped).isEmpty();
    }

    @Test
    void whiteSpaceDoesNotMatter() {
        assertThat(said("E1", " panic: \n cannot  open ")).isPresent();
    }

    @Test
    void lettersDo() {
        assertThat(said("E1", "Cannot open table orders")).isEmpty();
        assertThat(said("E1", "cannot open the table orders")).isEmpty();
        assertThat(dropped).containsExactly(DropReason.QUOTE_NOT_FOUND, DropReason.QUOTE_NOT_FOUND);
    }

    @Test
    void aQuoteFromAnotherObservationIsNoProof() {
        assertThat(said("E2", "cannot open table orders")).isEmpty();
        assertThat(said("E9", "cannot open table orders")).isEmpty();
        assertThat(dropped).containsExactly(DropReason.QUOTE_NOT_FOUND, DropReason.UNKNOWN_OBSERVATION);
    }

    @Test
    void aShortQuoteIsNoProofUnlessItIsAllThereIs() {
        assertThat(said("E1", "open")).isEmpty();
        assertThat(said("E1", "")).isEmpty();
        assertThat(said("E2", "exit 1")).isPresent();
        assertThat(dropped).containsExactly(DropReason.QUOTE_TOO_SHORT, DropReason.QUOTE_TOO_SHORT);
    }

    @Test
    void anUnfitSentenceHasNoUseForItsProof() {
        assertThat(quotes.proven(new Answer.Said("run `reboot`", "E1", "cannot open table orders")))
                .isEmpty();
        assertThat(dropped).containsExactly(DropReason.UNFIT_TEXT);
    }
}
