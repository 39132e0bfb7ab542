package io.k8sincident.cli.view;

import io.k8sincident.cli.output.Age;
import io.k8sincident.cli.output.Screen;
import io.k8sincident.cli.output.Style;
import io.k8sincident.cli.output.Text;
import io.k8sincident.workflows.model.Plan;
import io.k8sincident.workflows.model.PlannedAction;
import io.k8sincident.workflows.model.Proposal;
import io.k8sincident.workflows.model.VerificationPlan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything that a person must see before saying yes: all of it is under the digest. */
public final class PlanView {
    private final Instant now;

    public PlanView(Instant now) {
        this.now = now;
    }

    /**
     * The plan, or why there is none.
     *
     * @param deadline until when it waits for a decision
     */
    public List<Text> lines(Proposal proposal, @Nullable Instant deadline) {
        Plan plan = proposal.plan();
        if (plan == null) {
            return absent(proposal);
        }
        List<Text> lines = new ArrayList<>();
        lines.add(Screen.label("plan", Text.of(String.valueOf(proposal.digest()), Style.BOLD)));
        lines.add(Screen.label("object", plan.target().path() + " in cluster " + plan.cluster()));
        for (PlannedAction planned : plan.actions()) {
            lines.add(Screen.label("action", planned.action().describe()));
            lines.addAll(DiffView.lines(planned.diff()));
            lines.add(Screen.label("from", planned.diffFrom()));
            lines.add(Screen.label("undo", planned.undo()));
        }
        lines.add(Screen.label("risk", Text.of(plan.risk().name(), Tone.of(plan.risk()))));
        lines.add(Screen.label("touches", plan.blastRadius().describe()));
        lines.add(Screen.label("verify", verification(plan.verification(), restorable(plan))));
        lines.add(Screen.label("policy", plan.policyLine()));
        lines.add(Screen.label("asked", "by " + plan.requester().describe()));
        if (deadline != null) {
            lines.add(Screen.label("until", deadline + " (" + Age.until(deadline, now) + ")"));
        }
        return lines;
    }

    private static List<Text> absent(Proposal proposal) {
        List<Text> lines = new ArrayList<>();
        lines.add(Screen.label("plan", "none: " + proposal.status()));
        if (proposal.refusal() != null) {
            lines.add(Screen.label("because", proposal.refusal()));
        }
        proposal.questions().forEach(question -> lines.add(Screen.label("asks", question)));
        return lines;
    }

    private static boolean restorable(Plan plan) {
        return plan.actions().stream().allMatch(planned -> planned.action().canBePutBack());
    }

    private static String verification(VerificationPlan plan, boolean restorable) {
        return plan.replicas() + " pods ready with the new template for " + Age.of(plan.holdFor())
                + (restorable ? "; given up and restored after " : "; given up after ") + Age.of(plan.giveUpAfter())
                + (restorable ? "" : ", and nothing undoes it");
    }
}
