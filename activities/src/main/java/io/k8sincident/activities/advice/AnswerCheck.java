package io.k8sincident.activities.advice;

import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.activities.remediation.CauseCatalog;
import io.k8sincident.activities.remediation.CauseCatalog.Entry;
import io.k8sincident.workflows.model.Advice.Agreement;
import io.k8sincident.workflows.model.AdvisedClaim;
import io.k8sincident.workflows.model.Diagnosis;
import io.k8sincident.workflows.model.DropReason;
import io.k8sincident.workflows.model.Hypothesis;
import io.k8sincident.workflows.model.Observation;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What of an answer can be kept: ids that exist, and sentences whose quotes stand in the evidence. Used once. */
final class AnswerCheck {
    private final Prompt prompt;
    private final Snapshot snapshot;
    private final Diagnosis diagnosis;
    private final CauseCatalog causes;
    private final Map<DropReason, Integer> dropped = new EnumMap<>(DropReason.class);
    private final Quotes quotes;

    AnswerCheck(Prompt prompt, Snapshot snapshot, Diagnosis diagnosis, CauseCatalog causes) {
        this.prompt = prompt;
        this.snapshot = snapshot;
        this.diagnosis = diagnosis;
        this.causes = causes;
        this.quotes = new Quotes(prompt.exhibits(), this::drop);
    }

    /** What was kept; the same fields as in the advice. */
    record Kept(
            @Nullable String cause,
            Agreement agreement,
            List<String> ranking,
            @Nullable AdvisedClaim summary,
            List<AdvisedClaim> claims,
            List<Hypothesis> hypotheses,
            List<Observation> evidence,
            Map<DropReason, Integer> dropped) {
        static final Kept NOTHING =
                new Kept(null, Agreement.NOT_COMPARABLE, List.of(), null, List.of(), List.of(), List.of(), Map.of());
    }

    Kept of(Answer answer) {
        List<AdvisedClaim> claims = claims(answer.claims());
        AdvisedClaim summary = quotes.proven(answer.summary()).orElse(null);
        List<Hypothesis> hypotheses = hypotheses(answer.guesses());
        List<String> ranking = ranking(answer.ranking());
        boolean proven = summary != null || !claims.isEmpty() || !hypotheses.isEmpty();
        Optional<String> cause = cause(answer.cause(), proven);
        return new Kept(
                cause.orElse(null),
                agreement(cause),
                ranking,
                summary,
                claims,
                hypotheses,
                cited(summary, claims, hypotheses),
                dropped);
    }

    private List<AdvisedClaim> claims(List<Answer.Said> said) {
        List<AdvisedClaim> claims = new ArrayList<>();
        Set<String> texts = new HashSet<>();
        for (Answer.Said one : said) {
            quotes.proven(one).ifPresent(claim -> {
                if (!texts.add(claim.text())) {
                    drop(DropReason.REPEATED);
                } else if (claims.size() >= AnswerSchema.MOST_CLAIMS) {
                    drop(DropReason.TOO_MANY);
                } else {
                    claims.add(claim);
                }
            });
        }
        return claims;
    }

    private List<Hypothesis> hypotheses(List<Answer.Guess> guesses) {
        List<Hypothesis> hypotheses = new ArrayList<>();
        Set<String> named = new HashSet<>();
        for (Answer.Guess guess : guesses) {
            Optional<Entry> cause = causes.find(guess.cause());
            if (!diagnosis.abstained()) {
                drop(DropReason.NOT_ASKED);
            } else if (cause.isEmpty()) {
                drop(DropReason.UNKNOWN_CAUSE);
            } else if (named.contains(guess.cause())) {
                drop(DropReason.REPEATED);
            } else if (hypotheses.size() >= AnswerSchema.MOST_HYPOTHESES) {
                drop(DropReason.TOO_MANY);
            } else {
                quotes.proven(guess.said()).ifPresent(claim -> {
                    named.add(guess.cause());
                    hypotheses.add(new Hypothesis(guess.cause(), claim, Checks.of(cause.get(), snapshot, diagnosis)));
                });
            }
        }
        return hypotheses;
    }

    private List<String> ranking(List<String> ids) {
        List<String> ranking = new ArrayList<>();
        for (String id : ids) {
            if (!prompt.runbooks().contains(id)) {
                drop(DropReason.UNKNOWN_RUNBOOK);
            } else if (ranking.contains(id)) {
                drop(DropReason.REPEATED);
            } else {
                ranking.add(id);
            }
        }
        return ranking;
    }

    /** A cause for which not one sentence was proven is nothing but a word. */
    private Optional<String> cause(String id, boolean proven) {
        if (id.equals(AnswerSchema.UNKNOWN)) {
            return Optional.empty();
        }
        Optional<String> known = causes.find(id).map(Entry::id);
        if (known.isEmpty()) {
            drop(DropReason.UNKNOWN_CAUSE);
        }
        return known.filter(found -> proven);
    }

    private Agreement agreement(Optional<String> cause) {
        if (cause.isEmpty() || diagnosis.cause() == null) {
            return Agreement.NOT_COMPARABLE;
        }
        return cause.get().equals(diagnosis.cause()) ? Agreement.AGREES : Agreement.DISAGREES;
    }

    private List<Observation> cited(
            @Nullable AdvisedClaim summary, List<AdvisedClaim> claims, List<Hypothesis> hypotheses) {
        Set<String> ids = new HashSet<>();
        Stream.of(
                        Optional.ofNullable(summary).stream(),
                        claims.stream(),
                        hypotheses.stream().map(Hypothesis::claim))
                .flatMap(all -> all)
                .map(AdvisedClaim::observation)
                .forEach(ids::add);
        return prompt.exhibits().values().stream()
                .filter(exhibit -> ids.contains(exhibit.id()))
                .map(Exhibit::observation)
                .filter(Objects::nonNull)
                .toList();
    }

    private void drop(DropReason reason) {
        dropped.merge(reason, 1, Integer::sum);
    }
}
