package io.k8sincident.cli.command;

import io.k8sincident.cli.output.ExitCode;
import io.k8sincident.cli.output.Problem;
import io.k8sincident.cli.output.Style;
import io.k8sincident.cli.output.Text;
import io.k8sincident.cli.temporal.IncidentEntry;
import io.k8sincident.cli.temporal.IncidentReader;
import io.k8sincident.cli.temporal.NoWorkerAnswers;
import io.k8sincident.cli.temporal.StatusReader;
import io.k8sincident.cli.temporal.TemporalConnection;
import io.k8sincident.cli.temporal.TemporalErrors;
import io.k8sincident.cli.view.Timeline;
import io.k8sincident.cli.view.TimelineEntry;
import io.k8sincident.workflows.model.IncidentStatus;
import io.k8sincident.workflows.model.Outcome;
import io.k8sincident.workflows.model.Phase;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Follows an incident to its end and prints what is new. A server that goes away is waited for, a worker that is silent
 * is said once; nothing that was printed is printed again.
 */
final class LiveTimeline {
    private static final long PAUSE_MILLIS = 500;

    private final IncidentReader reader;
    private final StatusReader statuses;
    private final Consumer<Text> events;
    private final Consumer<Text> remarks;
    private final Clock clock;
    private final Set<TimelineEntry> shown = new HashSet<>();
    private String lastRemark = "";
    private String lastPhase = "";

    /** Prints what happens to {@code events}, and what it waits for to {@code remarks}. */
    LiveTimeline(TemporalConnection temporal, Consumer<Text> events, Consumer<Text> remarks, Clock clock) {
        this.reader = new IncidentReader(temporal);
        this.statuses = new StatusReader(temporal);
        this.events = events;
        this.remarks = remarks;
        this.clock = clock;
    }

    /**
     * Returns how it ended.
     *
     * @throws Problem if it was ended from outside
     */
    Outcome follow(IncidentEntry incident) throws InterruptedException {
        IncidentEntry entry = incident;
        while (true) {
            try {
                entry = reader.refresh(entry);
                IncidentStatus status = statuses.read(entry);
                show(status, entry);
                if (!entry.open()) {
                    return ended(status);
                }
                waiting(entry, status.phase());
            } catch (NoWorkerAnswers silence) {
                remark("no worker answers; the incident is safe in Temporal and goes on with: incident worker");
            } catch (RuntimeException away) {
                if (!TemporalErrors.passing(away)) {
                    throw away;
                }
                remark("Temporal does not answer; trying again");
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
    }

    private void show(IncidentStatus status, IncidentEntry incident) {
        for (TimelineEntry entry : Timeline.of(status, incident.closedAt())) {
            // An outcome counts once the workflow has closed: until then its record is being written.
            boolean settled = status.outcome() == null || !incident.open() || !entry.ends();
            if (settled && shown.add(entry)) {
                events.accept(entry.line(clock.getZone()));
            }
        }
        if (status.outcome() == null && !lastPhase.equals(status.phase().name())) {
            lastPhase = status.phase().name();
            events.accept(new TimelineEntry(clock.instant(), "phase", phase(status), Style.DIM).line(clock.getZone()));
        }
    }

    private static String phase(IncidentStatus status) {
        return status.phase() == Phase.AWAITING_APPROVAL && status.deadline() != null
                ? status.phase() + " until " + status.deadline()
                : status.phase().name();
    }

    /** While it waits for a person, that is all there is to say: the phase says it. */
    private void waiting(IncidentEntry entry, Phase phase) {
        List<String> reasons = phase == Phase.AWAITING_APPROVAL ? List.of() : reader.waitsFor(entry);
        if (!reasons.isEmpty()) {
            remark("waiting: " + String.join("; ", reasons));
        }
    }

    private void remark(String text) {
        if (!text.equals(lastRemark)) {
            lastRemark = text;
            remarks.accept(Text.of("          " + text, Style.DIM));
        }
    }

    private static Outcome ended(IncidentStatus status) {
        Outcome outcome = status.outcome();
        if (outcome == null) {
            throw Problem.error(
                            "the incident closed without an outcome",
                            "look at run " + status.runId() + " in Temporal: it is a bug")
                    .withExitCode(ExitCode.UNRESOLVED)
                    .withUnchanged("what was changed is in the audit trail");
        }
        return outcome;
    }
}
