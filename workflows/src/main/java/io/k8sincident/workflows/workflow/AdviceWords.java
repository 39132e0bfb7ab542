package io.k8sincident.workflows.workflow;

import io.k8sincident.workflows.model.Advice;
import io.k8sincident.workflows.model.Diagnosis;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How an advice is put in words, wherever it is shown. Unescaped: it holds what a model wrote. */
public final class AdviceWords {
    /** Above every advice. */
    public static final String HEADING = "The model's view";

    /** Beside the heading. */
    public static final String NO_SAY = "decides nothing, is no part of the plan or its digest";

    private AdviceWords() {}

    /** Who was asked, how long it took, and what it cost: {@code qwen2.5:7b · 12.3 s · 2,100 + 310 tokens}. */
    public static String costs(Advice advice) {
        List<String> parts = new ArrayList<>(List.of(
                "model " + advice.model(),
                String.format(Locale.ROOT, "%.1f s", advice.took().toMillis() / 1_000.0)));
        if (advice.promptTokens() + advice.answerTokens() > 0) {
            parts.add(String.format(
                    Locale.ROOT, "%,d tokens read, %,d written", advice.promptTokens(), advice.answerTokens()));
        }
        return String.join(" · ", parts);
    }

    /** How much of its answer is left: {@code 3 kept, 2 dropped (1 quote not found, 1 repeated)}. */
    public static String checked(Advice advice) {
        String reasons = advice.dropped().entrySet().stream()
                .filter(count -> count.getValue() > 0)
                .map(count -> count.getValue() + " "
                        + count.getKey().name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .collect(Collectors.joining(", "));
        return advice.kept() + " kept, " + advice.droppedInAll() + " dropped"
                + (reasons.isEmpty() ? "" : " (" + reasons + ")");
    }

    /** How it compares with the rules; never hidden, never decisive. */
    public static String agreement(Advice advice, @Nullable Diagnosis diagnosis) {
        String rules = diagnosis == null ? null : diagnosis.cause();
        return switch (advice.agreement()) {
            case AGREES -> "the model names the same cause as the rules: " + advice.cause();
            case DISAGREES ->
                "the model disagrees with the rules: it names " + advice.cause() + ", they name " + rules
                        + "; the rules decide";
            case NOT_COMPARABLE ->
                advice.cause() == null
                        ? "the model names no cause"
                        : "the rules name no cause; the model's " + advice.cause() + " is unproven";
        };
    }

    /** Why there is no advice, or not all of it; empty if nothing is missing. */
    public static Optional<String> missing(Advice advice) {
        return switch (advice.status()) {
            case UNAVAILABLE -> Optional.of("no advice: " + advice.reason());
            case ABSTAINED ->
                Optional.of("the model abstains" + (advice.reason().isEmpty() ? "" : ": " + advice.reason()));
            case GIVEN -> Optional.of(advice.reason()).filter(reason -> !reason.isEmpty());
        };
    }
}
