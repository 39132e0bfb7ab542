package io.k8sincident.cli.view;

import io.k8sincident.cli.output.Screen;
import io.k8sincident.cli.output.Style;
import io.k8sincident.cli.output.Table;
import io.k8sincident.cli.output.Text;
import io.k8sincident.workflows.model.Diagnosis;
import io.k8sincident.workflows.model.Observation;
import java.util.ArrayList;
import java.util.List;

/** The observations of a diagnosis: all as a table, or one in full with what cites it. */
public final class EvidenceView {
    private EvidenceView() {}

    public static List<Text> table(List<Observation> evidence) {
        Table table = new Table("ID", "WHERE", "WHAT");
        evidence.forEach(observation -> table.row(
                Text.of(observation.id(), Style.CYAN), Text.of(observation.where()), Text.of(observation.summary())));
        return table.lines();
    }

    public static List<Text> one(Observation observation, Diagnosis diagnosis) {
        List<Text> lines = new ArrayList<>();
        lines.add(Text.of(observation.id(), Style.CYAN).and("  " + observation.summary()));
        lines.add(Screen.label("where", observation.where()));
        lines.add(Screen.label("digest", observation.digest()));
        diagnosis.claims().stream()
                .filter(claim -> claim.evidence().contains(observation.id()))
                .forEach(claim -> lines.add(Screen.label("proves", claim.text())));
        diagnosis.ruledOut().stream()
                .filter(other -> other.evidence().contains(observation.id()))
                .forEach(other -> lines.add(Screen.label("against", other.cause() + " (" + other.because() + ")")));
        diagnosis.contributing().stream()
                .filter(more -> more.evidence().contains(observation.id()))
                .forEach(more -> lines.add(Screen.label("also", more.cause() + ": " + more.summary())));
        return lines;
    }
}
