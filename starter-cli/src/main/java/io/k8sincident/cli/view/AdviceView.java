package io.k8sincident.cli.view;

import io.k8sincident.cli.output.Screen;
import io.k8sincident.cli.output.Style;
import io.k8sincident.cli.output.Text;
import io.k8sincident.workflows.model.Advice;
import io.k8sincident.workflows.model.AdvisedClaim;
import io.k8sincident.workflows.model.Diagnosis;
import io.k8sincident.workflows.model.Hypothesis;
import io.k8sincident.workflows.model.Observation;
import io.k8sincident.workflows.workflow.AdviceWords;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a model said, set apart from what the rules found, with everything that tells how far to believe it. */
public final class AdviceView {
    private AdviceView() {}

    /** All lines about it. */
    public static List<Text> lines(Advice advice, Diagnosis diagnosis) {
        List<Text> lines = new ArrayList<>();
        lines.add(heading());
        AdviceWords.missing(advice).ifPresent(why -> lines.add(Screen.label("·", Text.of(why, Style.YELLOW))));
        if (advice.status() != Advice.Status.UNAVAILABLE) {
            lines.add(Screen.label(
                    "rules",
                    Text.of(
                            AdviceWords.agreement(advice, diagnosis),
                            advice.agreement() == Advice.Agreement.DISAGREES ? Style.YELLOW : Style.PLAIN)));
        }
        AdvisedClaim summary = advice.summary();
        if (summary != null) {
            lines.add(Screen.label("says", claim(summary)));
        }
        for (AdvisedClaim claim : advice.claims()) {
            lines.add(Screen.label("says", claim(claim)));
        }
        if (!advice.ranking().isEmpty()) {
            lines.add(Screen.label("ranks", String.join(", then ", advice.ranking())));
        }
        advice.hypotheses().forEach(hypothesis -> lines.addAll(hypothesis(hypothesis)));
        for (Observation observation : advice.evidence()) {
            if (!diagnosis.evidence().contains(observation)) {
                lines.add(Screen.label(
                        observation.id(), Text.of(observation.where() + "  " + observation.summary(), Style.DIM)));
            }
        }
        if (advice.status() != Advice.Status.UNAVAILABLE) {
            lines.add(Screen.label("checked", AdviceWords.checked(advice)));
        }
        lines.add(Screen.label("asked", AdviceWords.costs(advice) + digest(advice.promptDigest())));
        return lines;
    }

    /** That it was asked and has not answered. */
    public static List<Text> awaited() {
        return List.of(heading(), Screen.label("·", "the model has not answered yet"));
    }

    private static Text heading() {
        return Text.of("  " + AdviceWords.HEADING, Style.BOLD).and(" (" + AdviceWords.NO_SAY + ")", Style.DIM);
    }

    private static Text claim(AdvisedClaim claim) {
        return Text.of(claim.text())
                .and(Citations.of(List.of(claim.observation())))
                .and(" “" + claim.quote() + "”", Style.DIM);
    }

    private static List<Text> hypothesis(Hypothesis hypothesis) {
        return List.of(
                Screen.label(
                        "maybe", Text.of(hypothesis.cause() + ", unproven: ").and(claim(hypothesis.claim()))),
                Screen.label(
                        "",
                        Text.of(hypothesis.check().what() + "  →  ")
                                .and(hypothesis.check().command(), Style.BOLD)));
    }

    private static String digest(@Nullable String promptDigest) {
        return promptDigest == null ? "" : " · prompt " + Digests.shortened(promptDigest);
    }
}
