package io.k8sincident.cli.view;

import io.k8sincident.cli.output.Age;
import io.k8sincident.cli.output.Screen;
import io.k8sincident.cli.output.Style;
import io.k8sincident.cli.output.Text;
import io.k8sincident.workflows.model.BreakGlass;
import io.k8sincident.workflows.model.Diagnosis;
import io.k8sincident.workflows.model.IncidentStatus;
import io.k8sincident.workflows.model.Investigation;
import io.k8sincident.workflows.model.Plan;
import io.k8sincident.workflows.model.Proposal;
import io.k8sincident.workflows.model.Ruling;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One incident on one page. */
public final class IncidentView {
    private final Instant now;
    private final ZoneId zone;
    private final boolean wide;

    public IncidentView(Instant now, ZoneId zone, boolean wide) {
        this.now = now;
        this.zone = zone;
        this.wide = wide;
    }

    /**
     * All lines about it.
     *
     * @param closedAt when it ended, if it did
     */
    public List<Text> lines(IncidentStatus status, @Nullable Instant closedAt) {
        List<Text> lines = new ArrayList<>();
        lines.add(heading(status));
        lines.add(Screen.label("id", status.workflowId()));
        status.rulings().stream().filter(Ruling::accepted).forEach(ruling -> lines.addAll(brokenGlass(ruling)));
        if (status.investigation() != null) {
            lines.addAll(diagnosis(status.investigation()));
        }
        if (status.proposal() != null) {
            lines.addAll(proposal(status.proposal()));
        }
        lines.addAll(advice(status));
        if (status.deadline() != null && status.outcome() == null) {
            lines.add(Screen.label("until", status.deadline() + " (" + Age.until(status.deadline(), now) + ")"));
        }
        lines.add(Text.of("  timeline", Style.DIM));
        Timeline.of(status, closedAt).forEach(entry -> lines.add(Text.of("    ").and(entry.line(zone))));
        if (status.record() != null && !status.record().isEmpty()) {
            lines.add(Screen.label("record", status.record()));
        }
        status.nextCommands().forEach(command -> lines.add(Screen.label("next", Text.of(command, Style.BOLD))));
        return lines;
    }

    private Text heading(IncidentStatus status) {
        Text state = status.outcome() == null
                ? Text.of(status.phase().name(), Style.YELLOW)
                : Text.of(status.outcome().name(), Tone.of(status.outcome()));
        return Text.of(status.request().target().path() + "   ", Style.BOLD)
                .and(state)
                .and("   opened " + Age.since(status.openedAt(), now) + " ago, mode "
                        + status.request().mode());
    }

    private static List<Text> brokenGlass(Ruling ruling) {
        BreakGlass broken = ruling.breakGlass();
        if (broken == null) {
            return List.of();
        }
        List<Text> lines = new ArrayList<>();
        lines.add(Text.of("  " + BreakGlass.MARK + ": review needed", Style.RED)
                .and("   by " + broken.people() + ": " + broken.why()));
        broken.lifted().forEach(each -> lines.add(Screen.label("lifted", each.describe())));
        return lines;
    }

    private List<Text> diagnosis(Investigation investigation) {
        List<Text> lines = new ArrayList<>();
        Diagnosis diagnosis = investigation.diagnosis();
        if (diagnosis == null) {
            lines.add(Screen.label("cause", "nothing is wrong"));
        } else {
            lines.add(Screen.label("symptom", Text.of(diagnosis.symptom(), Style.YELLOW)));
            lines.addAll(new DiagnosisView(now, wide).reasons(diagnosis));
        }
        investigation.gaps().forEach(gap -> lines.add(Screen.label("unread", gap)));
        return lines;
    }

    private static List<Text> advice(IncidentStatus status) {
        Diagnosis diagnosis =
                status.investigation() == null ? null : status.investigation().diagnosis();
        if (status.request().advice() == null || diagnosis == null) {
            return List.of();
        }
        return status.advice() == null ? AdviceView.awaited() : AdviceView.lines(status.advice(), diagnosis);
    }

    private List<Text> proposal(Proposal proposal) {
        Plan plan = proposal.plan();
        if (plan == null || wide) {
            return new PlanView(now).lines(proposal, null);
        }
        List<Text> lines = new ArrayList<>();
        plan.actions()
                .forEach(planned ->
                        lines.add(Screen.label("action", planned.action().describe())));
        lines.add(Screen.label(
                "risk",
                Text.of(plan.risk().name(), Tone.of(plan.risk()))
                        .and(" · " + plan.blastRadius().describe())));
        lines.add(Screen.label("plan", String.valueOf(proposal.digest())));
        return lines;
    }
}
