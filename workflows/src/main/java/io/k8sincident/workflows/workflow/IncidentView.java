package io.k8sincident.workflows.workflow;

import static io.k8sincident.workflows.workflow.Markdown.block;
import static io.k8sincident.workflows.workflow.Markdown.text;

import io.k8sincident.workflows.model.BreakGlass;
import io.k8sincident.workflows.model.Claim;
import io.k8sincident.workflows.model.DecisionTerms;
import io.k8sincident.workflows.model.Diagnosis;
import io.k8sincident.workflows.model.IncidentStatus;
import io.k8sincident.workflows.model.Observation;
import io.k8sincident.workflows.model.Plan;
import io.k8sincident.workflows.model.PlannedAction;
import io.k8sincident.workflows.model.Proposal;
import io.k8sincident.workflows.model.Ruling;
import org.jspecify.annotations.Nullable;

/**
 * The incident as Markdown for the Temporal UI's current details: somebody who has never seen our CLI must be able to
 * understand it and to decide on it from there.
 */
final class IncidentView {
    /** How much of a diff is shown; the whole of it is in the proposal's result. */
    private static final int LONGEST_DIFF = 4_000;

    private final StringBuilder out = new StringBuilder();

    private IncidentView() {}

    static String markdown(IncidentStatus status) {
        IncidentView view = new IncidentView();
        status.rulings().forEach(view::brokenGlass);
        view.head(status);
        Diagnosis diagnosis =
                status.investigation() == null ? null : status.investigation().diagnosis();
        if (diagnosis != null) {
            view.diagnosis(diagnosis);
        }
        if (status.proposal() != null) {
            view.proposal(status.proposal());
        }
        if (status.outcome() == null && status.deadline() != null) {
            view.decide(status, status.proposal());
        }
        status.refusedRevisions().forEach(why -> view.line("Revision refused", why));
        status.rulings().forEach(view::ruling);
        status.executions()
                .forEach(execution -> view.line("Execution", execution.status() + ": " + execution.message()));
        if (status.verification() != null) {
            view.line("Verification", status.verification().message());
        }
        if (status.restoration() != null) {
            view.line(
                    "Restoration",
                    status.restoration().status() + ": " + status.restoration().message());
        }
        if (status.record() != null) {
            view.line("Record", status.record());
        }
        view.out.append(AdviceView.markdown(status));
        if (diagnosis != null) {
            view.evidence(diagnosis);
        }
        return view.out.toString();
    }

    private void head(IncidentStatus status) {
        String state = status.outcome() == null
                ? status.phase().name()
                : status.outcome().name();
        out.append("### ").append(text(state)).append(" · ");
        out.append(text(status.request().target().path())).append("\n\n");
        if (!status.reason().isEmpty()) {
            out.append(text(status.reason())).append("\n\n");
        }
    }

    /** Before anything else: it went ahead against what the policy says. */
    private void brokenGlass(Ruling ruling) {
        BreakGlass broken = ruling.breakGlass();
        if (broken != null && ruling.accepted()) {
            line(
                    BreakGlass.MARK,
                    "by " + broken.people() + ": " + broken.why() + ". Lifted: " + broken.describe()
                            + ". Somebody else must review it: incident audit review");
        }
    }

    private void diagnosis(Diagnosis diagnosis) {
        String cause = diagnosis.cause() == null ? "cause not known: the evidence is not enough" : diagnosis.cause();
        out.append("**Cause** ").append(text(cause));
        out.append(" (").append(diagnosis.confidence()).append("), symptom ");
        out.append(text(diagnosis.symptom())).append("\n\n");
        for (Claim claim : diagnosis.claims()) {
            out.append("- ").append(text(claim.text()));
            claim.evidence().forEach(id -> out.append(" \\[").append(text(id)).append("\\]"));
            out.append('\n');
        }
        diagnosis
                .missing()
                .forEach(missing -> out.append("- missing: ")
                        .append(text(missing.what() + " (" + missing.command() + ")"))
                        .append('\n'));
        out.append('\n');
    }

    /** A list, not a table: the UI shows it in half of its width. */
    private void evidence(Diagnosis diagnosis) {
        out.append("**Evidence**\n\n");
        for (Observation observation : diagnosis.evidence()) {
            out.append("- **").append(text(observation.id())).append("** ");
            out.append(text(observation.where())).append(": ");
            out.append(text(observation.summary())).append('\n');
        }
        out.append('\n');
    }

    private void proposal(Proposal proposal) {
        proposal.questions().forEach(question -> line("Question", question));
        if (proposal.refusal() != null) {
            line("Policy", proposal.refusal());
        }
        Plan plan = proposal.plan();
        if (plan == null) {
            return;
        }
        line("Risk", plan.risk() + ", " + plan.blastRadius().describe());
        line("Allowed by", "policy " + plan.policyLine());
        for (PlannedAction action : plan.actions()) {
            line("Action", action.action().describe());
            line("Diff", action.diffFrom());
            String diff = action.diff();
            out.append(block("diff", diff.length() > LONGEST_DIFF ? diff.substring(0, LONGEST_DIFF) + "\n…" : diff));
            // As code: in running text the UI makes one dash of two.
            out.append("**Undo**\n\n").append(block("", action.undo()));
        }
    }

    private void decide(IncidentStatus status, @Nullable Proposal proposal) {
        if (proposal == null || proposal.digest() == null) {
            return;
        }
        line("Waits for a decision until", String.valueOf(status.deadline()));
        line("Plan digest", proposal.digest());
        out.append("On the command line:\n\n");
        out.append(block("", String.join("\n", status.nextCommands())));
        DecisionTerms terms = proposal.terms();
        if (terms != null && terms.approvers() > 1) {
            line("Needs", terms.approvers() + " different people");
        }
        if (terms != null && terms.proofRequired()) {
            SignedDecision.commands(status, proposal.digest(), terms).ifPresent(commands -> {
                out.append(
                        "Here: *Send a Signal* `decide` with what these commands print, which sign exactly this\n\n");
                out.append(block("sh", commands));
            });
            return;
        }
        out.append("Here: *Send a Signal* `decide` with\n\n");
        out.append(block("json", decision(proposal.digest())));
    }

    private static String decision(String digest) {
        return "{\"version\": 1, \"planDigest\": \"" + digest + "\", \"verdict\": \"APPROVE\","
                + " \"approver\": \"your name\", \"reason\": \"…\"}";
    }

    private void ruling(Ruling ruling) {
        String verdict = ruling.verdict() == null
                ? "unreadable decision"
                : ruling.verdict().name();
        line(
                "Decision",
                verdict + " by " + ruling.approver().describe() + ": " + ruling.reason() + ", " + ruling.message());
    }

    private void line(String name, String value) {
        out.append("**").append(name).append("** ").append(text(value)).append("\n\n");
    }
}
