package io.k8sincident.cli.command;

import io.k8sincident.activities.diagnosis.Diagnostician;
import io.k8sincident.activities.diagnosis.TriageReport;
import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.cli.output.Documents;
import io.k8sincident.cli.output.ExitCode;
import io.k8sincident.cli.output.OutputFormat;
import io.k8sincident.cli.output.Screen;
import io.k8sincident.cli.view.DiagnosisView;
import io.k8sincident.workflows.model.Diagnosis;
import java.util.List;

/** Diagnoses snapshots and prints what was found, in the format that was asked for. */
final class TriageOutput {
    private final Screen screen;
    private final OutputFormat format;
    private final Diagnostician diagnostician;

    TriageOutput(Screen screen, OutputFormat format, Diagnostician diagnostician) {
        this.screen = screen;
        this.format = format;
        this.diagnostician = diagnostician;
    }

    /** Returns the exit code: whether anything is wrong. */
    int print(List<Snapshot> snapshots) {
        snapshots.forEach(snapshot -> SaidGaps.of(snapshot, screen));
        boolean wrong = format.structured() ? document(snapshots) : text(snapshots);
        return wrong ? ExitCode.FOUND : ExitCode.OK;
    }

    private boolean document(List<Snapshot> snapshots) {
        TriageReport report = TriageReport.of(snapshots, diagnostician);
        screen.printRaw(new Documents().write(format, report));
        return !report.incidents().isEmpty();
    }

    private boolean text(List<Snapshot> snapshots) {
        boolean wrong = false;
        for (Snapshot snapshot : snapshots) {
            List<Diagnosis> diagnoses = diagnostician.diagnose(snapshot);
            wrong |= !diagnoses.isEmpty();
            DiagnosisView view = new DiagnosisView(snapshot.takenAt(), format == OutputFormat.WIDE);
            for (Diagnosis diagnosis : diagnoses) {
                if (format == OutputFormat.NAME) {
                    screen.print(DiagnosisView.subject(diagnosis));
                } else {
                    screen.print(view.lines(diagnosis));
                    screen.print("");
                }
            }
            if (diagnoses.isEmpty()) {
                screen.say("nothing is wrong in " + snapshot.source() + " ("
                        + snapshot.all("Pod").count() + " pods read)");
            }
        }
        return wrong;
    }
}
