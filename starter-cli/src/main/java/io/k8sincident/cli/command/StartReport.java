package io.k8sincident.cli.command;

import io.k8sincident.cli.output.Documents;
import io.k8sincident.cli.output.OutputFormat;
import io.k8sincident.cli.output.Problem;
import io.k8sincident.cli.output.Screen;
import io.k8sincident.cli.output.Style;
import io.k8sincident.cli.output.Text;
import io.k8sincident.cli.temporal.IncidentEntry;
import io.k8sincident.cli.temporal.IncidentReader;
import io.k8sincident.cli.temporal.IncidentStarter.Started;
import io.k8sincident.cli.temporal.NoWorkerAnswers;
import io.k8sincident.cli.temporal.StatusReader;
import io.k8sincident.cli.temporal.TemporalConnection;
import io.k8sincident.cli.view.AdviceView;
import io.k8sincident.workflows.model.Diagnosis;
import io.k8sincident.workflows.model.IncidentRequest;
import io.k8sincident.workflows.model.IncidentStatus;
import io.k8sincident.workflows.model.Mode;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;

/** Tells what {@code start} did, what happens next and what to type. */
final class StartReport {
    private final Screen screen;
    private final TemporalConnection temporal;
    private final Clock clock;

    StartReport(Screen screen, TemporalConnection temporal, Clock clock) {
        this.screen = screen;
        this.temporal = temporal;
        this.clock = clock;
    }

    void announce(Started started, IncidentRequest request, OutputFormat format) {
        if (format.structured()) {
            screen.printRaw(new Documents().write(format, "IncidentStarted", started));
            return;
        }
        screen.print(started.workflowId());
        if (format == OutputFormat.NAME) {
            return;
        }
        String arguments = entry(started).name().arguments();
        screen.say(
                started.joined()
                        ? Text.of("joined", Style.YELLOW).and(" the incident that is open; it was not started again")
                        : Text.of("opened", Style.GREEN).and(": " + whatHappens(request)));
        if (started.joined()) {
            compare(started, request, arguments);
        }
        screen.say(Screen.label("next", "incident watch " + arguments));
        screen.say(Screen.label("", "incident show " + arguments));
        if (request.mode() == Mode.REMEDIATE) {
            screen.say(Screen.label("", "incident approve " + arguments));
        }
    }

    /** Follows it to its end and returns the exit code of its outcome. */
    int follow(Started started, OutputFormat format) throws InterruptedException {
        Consumer<Text> events =
                format == OutputFormat.TEXT || format == OutputFormat.WIDE ? screen::print : screen::say;
        int exitCode = new LiveTimeline(temporal, events, screen::say, clock)
                .follow(entry(started))
                .exitCode();
        advice(started).forEach(events);
        return exitCode;
    }

    private List<Text> advice(Started started) {
        IncidentStatus status = new StatusReader(temporal).read(entry(started));
        Diagnosis diagnosis =
                status.investigation() == null ? null : status.investigation().diagnosis();
        return status.advice() == null || diagnosis == null ? List.of() : AdviceView.lines(status.advice(), diagnosis);
    }

    private IncidentEntry entry(Started started) {
        return new IncidentReader(temporal)
                .newest(started.workflowId())
                .orElseThrow(() -> Problem.error(
                        started.workflowId() + " was started, but Temporal does not know it", "incident list"));
    }

    private static String whatHappens(IncidentRequest request) {
        String until = "evidence is collected, a cause is named and a change is proposed; ";
        return until
                + (request.mode() == Mode.PROPOSE
                        ? "it ends with the proposal, nothing is changed"
                        : "the plan then waits " + request.approvalTimeout().toMinutes()
                                + " minutes for your approval, nothing is changed before");
    }

    private void compare(Started started, IncidentRequest request, String arguments) {
        IncidentRequest open;
        try {
            open = new StatusReader(temporal).read(entry(started)).request();
        } catch (NoWorkerAnswers silence) {
            screen.say("  no worker answers, so its mode and values are not known here");
            return;
        }
        if (open.mode() != request.mode()) {
            screen.say("  it is in mode " + open.mode() + ", not " + request.mode()
                    + "; to change that: incident cancel " + arguments + ", then start again");
        }
        if (request.advice() != null && open.advice() == null) {
            screen.say("  no model is asked about it; to ask one here: incident triage " + arguments + " --llm");
        }
        if (!request.values().isEmpty() && !open.values().equals(request.values())) {
            screen.say("  your values were not taken over; to give them: incident revise " + arguments
                    + " --set CONTAINER.FIELD=VALUE");
        }
    }
}
