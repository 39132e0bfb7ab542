package io.k8sincident.cli.command;

import io.k8sincident.activities.diagnosis.Diagnostician;
import io.k8sincident.activities.diagnosis.HealthScore;
import io.k8sincident.activities.diagnosis.Progressing;
import io.k8sincident.activities.diagnosis.TriageReport;
import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.cli.advice.ModelAdvice;
import io.k8sincident.cli.output.Age;
import io.k8sincident.cli.output.Documents;
import io.k8sincident.cli.output.ExitCode;
import io.k8sincident.cli.output.Screen;
import io.k8sincident.cli.output.Style;
import io.k8sincident.cli.output.Text;
import io.k8sincident.cli.view.AdviceView;
import io.k8sincident.cli.view.DiagnosisView;
import io.k8sincident.cli.view.HtmlReport;
import io.k8sincident.cli.view.JunitReport;
import io.k8sincident.cli.view.Triaged;
import io.k8sincident.workflows.model.Advice;
import io.k8sincident.workflows.model.Diagnosis;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Diagnoses snapshots and prints what was found, in the format that was asked for. */
final class TriageOutput {
    private final Screen screen;
    private final TriageFormat format;
    private final Diagnostician diagnostician;
    private final @Nullable ModelAdvice advice;

    /** @param advice asks a model about each incident; absent if none is asked */
    TriageOutput(Screen screen, TriageFormat format, Diagnostician diagnostician, @Nullable ModelAdvice advice) {
        this.advice = advice;
        this.screen = screen;
        this.format = format;
        this.diagnostician = diagnostician;
    }

    /** Returns the exit code: whether anything is wrong. */
    int print(List<Snapshot> snapshots) {
        snapshots.forEach(snapshot -> SaidGaps.of(snapshot, screen));
        HealthScore score = format.usual().structured() ? document(snapshots) : sources(snapshots);
        if (score.incidents() > 0) {
            screen.say(Triaged.inWords(score));
        }
        return score.incidents() > 0 ? ExitCode.FOUND : ExitCode.OK;
    }

    private HealthScore document(List<Snapshot> snapshots) {
        TriageReport report = advice == null
                ? TriageReport.of(snapshots, diagnostician)
                : TriageReport.of(snapshots, diagnostician, advice::of);
        screen.printRaw(new Documents().write(format.usual(), report));
        return report.score();
    }

    private HealthScore sources(List<Snapshot> snapshots) {
        List<Triaged> sources = snapshots.stream()
                .map(snapshot -> Triaged.of(snapshot, diagnostician))
                .toList();
        switch (format) {
            case JUNIT -> screen.printRaw(JunitReport.of(sources));
            case HTML -> screen.printRaw(HtmlReport.of(sources));
            default -> {
                sources.forEach(this::text);
                sources.forEach(this::advice);
            }
        }
        return HealthScore.sum(sources.stream().map(Triaged::score).toList());
    }

    private void text(Triaged source) {
        DiagnosisView view = new DiagnosisView(source.snapshot().takenAt(), format == TriageFormat.WIDE);
        for (Diagnosis diagnosis : source.diagnoses()) {
            if (format == TriageFormat.NAME) {
                screen.print(DiagnosisView.subject(diagnosis));
            } else {
                screen.print(view.lines(diagnosis));
                screen.print("");
            }
        }
        List<Progressing> progressing = source.progressing();
        if (source.diagnoses().isEmpty()) {
            long pods = source.snapshot().all("Pod").count();
            screen.say((progressing.isEmpty() ? "nothing is wrong in " : "no incident in ")
                    + source.snapshot().source() + " (" + pods + (pods == 1 ? " pod read)" : " pods read)"));
        }
        progressing.forEach(workload -> screen.say(line(source, workload)));
    }

    /** After all that the rules found: it must not wait for a model. */
    private void advice(Triaged source) {
        if (advice == null) {
            return;
        }
        for (Diagnosis diagnosis : source.diagnoses()) {
            Advice given = advice.of(source.snapshot(), diagnosis);
            if (given.status() != Advice.Status.UNAVAILABLE) {
                screen.print(Text.of(DiagnosisView.subject(diagnosis), Style.BOLD));
                screen.print(AdviceView.lines(given, diagnosis));
                screen.print("");
            }
        }
    }

    private static String line(Triaged source, Progressing workload) {
        Instant takenAt = source.snapshot().takenAt();
        return "not there yet: " + workload.workload() + " -n " + workload.namespace() + ": " + workload.state()
                + " after " + Age.since(workload.since(), takenAt)
                + (workload.latest() == null ? "" : " · " + workload.latest());
    }
}
