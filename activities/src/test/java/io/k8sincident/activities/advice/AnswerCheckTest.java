package io.k8sincident.activities.advice;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.advice.Answer.Guess;
import io.k8sincident.activities.advice.AnswerCheck.Kept;
import io.k8sincident.activities.diagnosis.Fixture;
import io.k8sincident.activities.remediation.CauseCatalog;
import io.k8sincident.workflows.model.AdvisedClaim;
import io.k8sincident.workflows.model.DropReason;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnswerCheckTest {
    private static final String QUOTE = "panic: cannot open table orders";
    private static final Answer.Said NOTHING = new Answer.Said("nothing", "E1", "");

    private final Fixture incident = Cases.crash();

    private Kept kept(Answer answer) {
        Prompt prompt = new PromptWriter(Cases.CAUSES, AdviceSettings.defaults())
                .write(incident.snapshot(), incident.diagnosis())
                .orElseThrow();
        return new AnswerCheck(prompt, incident.snapshot(), incident.diagnosis(), CauseCatalog.standard()).of(answer);
    }

    private static Answer.Said said(String text) {
        return new Answer.Said(text, "L1", QUOTE);
    }

    private static Answer answer(List<Answer.Said> claims, String cause, List<String> ranking) {
        return new Answer(claims, NOTHING, cause, ranking, null, AnswerSchema.ADVICE);
    }

    @Test
    void ranksEachOfferOnceAndNothingElse() {
        Kept kept = kept(answer(List.of(), "unknown", List.of("roll-back", "restart", "roll-back", "")));

        assertThat(kept.ranking()).containsExactly("roll-back");
        assertThat(kept.dropped())
                .isEqualTo(
                        Map.of(DropReason.UNKNOWN_RUNBOOK, 2, DropReason.REPEATED, 1, DropReason.QUOTE_TOO_SHORT, 1));
    }

    @Test
    void aCauseWithoutAProvenSentenceIsNotTaken() {
        assertThat(kept(answer(List.of(), "oom-limit", List.of())).cause()).isNull();
        assertThat(kept(answer(List.of(said("The table is gone")), "oom-limit", List.of()))
                        .cause())
                .isEqualTo("oom-limit");
    }

    @Test
    void aCauseThatNoRuleKnowsIsCounted() {
        Kept kept = kept(answer(List.of(said("The table is gone")), "bad-luck", List.of()));

        assertThat(kept.cause()).isNull();
        assertThat(kept.dropped()).containsEntry(DropReason.UNKNOWN_CAUSE, 1);
    }

    @Test
    void keepsFewSentencesAndNoneTwice() {
        List<Answer.Said> many = IntStream.range(0, 8)
                .mapToObj(i -> said("The table is gone, reason " + i / 2))
                .toList();

        Kept kept = kept(answer(many, "unknown", List.of()));

        assertThat(kept.claims())
                .hasSize(AnswerSchema.MOST_CLAIMS)
                .extracting(AdvisedClaim::text)
                .doesNotHaveDuplicates();
        assertThat(kept.dropped()).containsEntry(DropReason.REPEATED, 4);
    }

    @Test
    void guessesAreDroppedWhereTheRulesKnow() {
        Guess guess = new Guess("oom-limit", "It needs memory", "L1", QUOTE);

        Kept kept = kept(new Answer(List.of(), NOTHING, "unknown", List.of(), List.of(guess), AnswerSchema.ADVICE));

        assertThat(kept.hypotheses()).isEmpty();
        assertThat(kept.dropped()).containsEntry(DropReason.NOT_ASKED, 1);
    }
}
