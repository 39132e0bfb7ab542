package io.k8sincident.cli.view;

import io.k8sincident.activities.approval.Requesters;
import io.k8sincident.cli.output.Style;
import io.k8sincident.workflows.model.Diagnosis;
import io.k8sincident.workflows.model.Execution;
import io.k8sincident.workflows.model.IncidentStatus;
import io.k8sincident.workflows.model.Investigation;
import io.k8sincident.workflows.model.Plan;
import io.k8sincident.workflows.model.Proposal;
import io.k8sincident.workflows.model.Ruling;
import io.k8sincident.workflows.model.Verification;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened to an incident until now, in order. What a later status of the same incident adds comes after what an
 * earlier one had, except that a revised plan replaces the one before.
 */
public final class Timeline {
    private Timeline() {}

    /**
     * The timeline.
     *
     * @param closedAt when it ended, if it did and that is known
     */
    public static List<TimelineEntry> of(IncidentStatus status, @Nullable Instant closedAt) {
        List<TimelineEntry> entries = new ArrayList<>();
        entries.add(new TimelineEntry(
                status.openedAt(),
                "opened",
                "mode " + status.request().mode() + ", asked by "
                        + Requesters.claimed(status.request()).describe(),
                Style.BOLD));
        if (status.investigation() != null) {
            entries.add(diagnosed(status.investigation()));
        }
        if (status.proposal() != null) {
            entries.add(proposed(status.proposal(), last(entries).at()));
        }
        status.rulings().forEach(ruling -> entries.add(ruled(ruling)));
        status.executions().forEach(execution -> entries.add(executed("executed", execution)));
        if (status.verification() != null) {
            entries.add(verified(status.verification()));
        }
        if (status.restoration() != null) {
            entries.add(executed("restored", status.restoration()));
        }
        if (status.outcome() != null) {
            entries.add(new TimelineEntry(
                    closedAt == null ? last(entries).at() : closedAt,
                    TimelineEntry.ENDED,
                    status.outcome() + ": " + status.reason(),
                    Tone.of(status.outcome())));
        }
        return entries;
    }

    private static TimelineEntry diagnosed(Investigation investigation) {
        Diagnosis diagnosis = investigation.diagnosis();
        String text;
        if (diagnosis == null) {
            text = "nothing is wrong";
        } else if (diagnosis.cause() == null) {
            text = diagnosis.symptom() + "; the cause is not known";
        } else {
            text = diagnosis.cause() + summary(diagnosis);
        }
        return new TimelineEntry(investigation.takenAt(), "diagnosed", text, Style.CYAN);
    }

    private static String summary(Diagnosis diagnosis) {
        return diagnosis.claims().isEmpty()
                ? ""
                : ": " + diagnosis.claims().get(0).text();
    }

    private static TimelineEntry proposed(Proposal proposal, Instant before) {
        Plan plan = proposal.plan();
        if (plan == null) {
            String refusal = proposal.refusal() == null ? "" : ": " + proposal.refusal();
            return new TimelineEntry(before, "no plan", proposal.status() + refusal, Style.YELLOW);
        }
        String actions = String.join(
                ", then ",
                plan.actions().stream()
                        .map(planned -> planned.action().describe())
                        .toList());
        return new TimelineEntry(
                plan.createdAt(),
                "proposed",
                actions + "; risk " + plan.risk() + ", plan " + Digests.shortened(proposal.digest()),
                Style.CYAN);
    }

    private static TimelineEntry ruled(Ruling ruling) {
        String verdict =
                ruling.verdict() == null ? "a decision" : ruling.verdict().name();
        String text = verdict + " by " + ruling.approver().describe() + ": " + ruling.reason()
                + (ruling.message().isEmpty() ? "" : ", " + ruling.message());
        return new TimelineEntry(ruling.at(), "ruled", text, ruling.accepted() ? Style.GREEN : Style.YELLOW);
    }

    private static TimelineEntry executed(String event, Execution execution) {
        Style style = execution.status() == Execution.Status.APPLIED ? Style.GREEN : Style.RED;
        return new TimelineEntry(execution.at(), event, execution.status() + ": " + execution.message(), style);
    }

    private static TimelineEntry verified(Verification verification) {
        return new TimelineEntry(
                verification.at(),
                "verified",
                verification.message(),
                verification.recovered() ? Style.GREEN : Style.RED);
    }

    private static TimelineEntry last(List<TimelineEntry> entries) {
        return entries.get(entries.size() - 1);
    }
}
