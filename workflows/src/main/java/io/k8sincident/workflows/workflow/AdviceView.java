package io.k8sincident.workflows.workflow;

import static io.k8sincident.workflows.workflow.Markdown.block;
import static io.k8sincident.workflows.workflow.Markdown.text;

import io.k8sincident.workflows.model.Advice;
import io.k8sincident.workflows.model.AdvisedClaim;
import io.k8sincident.workflows.model.Diagnosis;
import io.k8sincident.workflows.model.Hypothesis;
import io.k8sincident.workflows.model.IncidentStatus;
import io.k8sincident.workflows.model.Observation;
import org.jspecify.annotations.Nullable;

/** A model's view of an incident as Markdown, set apart from what the rules found. */
final class AdviceView {
    private final StringBuilder out = new StringBuilder();

    private AdviceView() {}

    /** Empty if no model was to be asked. */
    static String markdown(IncidentStatus status) {
        Diagnosis diagnosis =
                status.investigation() == null ? null : status.investigation().diagnosis();
        if (status.request().advice() == null || diagnosis == null) {
            return "";
        }
        AdviceView view = new AdviceView();
        view.out.append("---\n\n**").append(AdviceWords.HEADING).append("** (");
        view.out.append(AdviceWords.NO_SAY).append(")\n\n");
        if (status.advice() == null) {
            view.out.append("The model has not answered yet.\n\n");
        } else {
            view.advice(status.advice(), diagnosis);
        }
        view.out.append("---\n\n");
        return view.out.toString();
    }

    private void advice(Advice advice, Diagnosis diagnosis) {
        AdviceWords.missing(advice).ifPresent(why -> line("Missing", why));
        if (advice.status() != Advice.Status.UNAVAILABLE) {
            line("Beside the rules", AdviceWords.agreement(advice, diagnosis));
            line("Checked", AdviceWords.checked(advice));
        }
        claims(advice);
        if (!advice.ranking().isEmpty()) {
            line("It would try in this order", String.join(", ", advice.ranking()));
        }
        advice.hypotheses().forEach(this::hypothesis);
        advice.evidence().stream()
                .filter(observation -> !diagnosis.evidence().contains(observation))
                .forEach(this::observation);
        line("Asked", AdviceWords.costs(advice));
        digest("Prompt", advice.promptDigest());
        digest("Answer", advice.answerDigest());
    }

    private void claims(Advice advice) {
        AdvisedClaim summary = advice.summary();
        if (summary != null) {
            claim(summary);
        }
        advice.claims().forEach(this::claim);
        out.append('\n');
    }

    private void claim(AdvisedClaim claim) {
        out.append("- ").append(text(claim.text()));
        out.append(" \\[").append(text(claim.observation())).append("\\] “");
        out.append(text(claim.quote())).append("”\n");
    }

    private void hypothesis(Hypothesis hypothesis) {
        line("Might be", hypothesis.cause() + ", unproven");
        claim(hypothesis.claim());
        out.append("\nThis would tell: ")
                .append(text(hypothesis.check().what()))
                .append("\n\n");
        out.append(block("", hypothesis.check().command())).append('\n');
    }

    private void observation(Observation observation) {
        out.append("- **").append(text(observation.id())).append("** ");
        out.append(text(observation.where() + ": " + observation.summary())).append("\n\n");
    }

    private void digest(String name, @Nullable String digest) {
        if (digest != null) {
            line(name, digest);
        }
    }

    private void line(String name, String value) {
        out.append("**").append(name).append("** ").append(text(value)).append("\n\n");
    }
}
