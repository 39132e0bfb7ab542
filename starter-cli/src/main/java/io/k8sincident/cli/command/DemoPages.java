package io.k8sincident.cli.command;

import io.k8sincident.cli.host.Surroundings;
import io.k8sincident.cli.output.ExitCode;
import io.k8sincident.cli.output.Screen;
import io.k8sincident.cli.output.Style;
import io.k8sincident.cli.output.Text;
import io.k8sincident.cli.temporal.IncidentEntry;
import io.k8sincident.cli.temporal.TemporalConnection;
import io.k8sincident.cli.view.DiagnosisView;
import io.k8sincident.cli.view.EvidenceView;
import io.k8sincident.cli.view.PlanView;
import io.k8sincident.cli.view.Tone;
import io.k8sincident.workflows.model.Diagnosis;
import io.k8sincident.workflows.model.IncidentStatus;
import io.k8sincident.workflows.model.Investigation;
import io.k8sincident.workflows.model.Outcome;
import io.k8sincident.workflows.model.Proposal;
import java.time.Instant;

/** The seven steps as they are shown. */
final class DemoPages {
    private final Screen screen;
    private final Surroundings surroundings;

    DemoPages(Screen screen, Surroundings surroundings) {
        this.screen = screen;
        this.surroundings = surroundings;
    }

    void observeReasonPropose(IncidentStatus status) {
        Investigation investigation = status.investigation();
        Diagnosis diagnosis = investigation == null ? null : investigation.diagnosis();
        Proposal proposal = status.proposal();
        Instant now = surroundings.clock().instant();
        if (diagnosis != null) {
            heading(1, "observe", "what was read of the cluster, each fact with an id");
            screen.print(EvidenceView.table(diagnosis.evidence()));
            heading(2, "reason", "which cause the facts prove, and which they rule out");
            DiagnosisView view = new DiagnosisView(now, false);
            screen.print(view.heading(diagnosis));
            screen.print(view.reasons(diagnosis));
        }
        if (proposal != null) {
            heading(3, "propose", "exactly what would change, tried on the API server as a dry run");
            screen.print(new PlanView(now).lines(proposal, status.deadline()));
        }
    }

    void approve() {
        heading(4, "approve", "nothing is written without a decision on exactly this plan");
    }

    void actAndVerify(TemporalConnection temporal, IncidentEntry entry) throws InterruptedException {
        heading(5, "act and verify", "one write, then looking until it has recovered or is put back (steps 5 and 6)");
        new LiveTimeline(temporal, screen::print, screen::print, surroundings.clock()).follow(entry);
    }

    /** Shows how it ended and returns the exit code. */
    int record(IncidentStatus status) {
        heading(7, "record", "what is kept");
        Outcome outcome = status.outcome();
        if (outcome == null) {
            screen.print("the incident is still open: " + status.phase());
            return ExitCode.UNRESOLVED;
        }
        screen.print(Text.of("outcome " + outcome, Tone.of(outcome)).and(": " + status.reason()));
        if (status.record() != null) {
            screen.print(Screen.label("record", status.record()));
        }
        screen.print(
                Screen.label("audit", surroundings.runs().resolve("audit.jsonl").toString()));
        screen.say(Screen.label("next", "incident up, then in another terminal:"));
        screen.say(Screen.label("", "incident scenarios list, incident scenarios apply NAME, incident triage -n demo"));
        return outcome.exitCode();
    }

    private void heading(int number, String title, String text) {
        screen.print("");
        screen.print(Text.of(number + " " + title, Style.BOLD).and("  " + text, Style.DIM));
    }
}
