package io.k8sincident.cli.view;

import io.k8sincident.cli.output.Age;
import io.k8sincident.cli.output.Style;
import io.k8sincident.cli.output.Table;
import io.k8sincident.cli.output.Text;
import io.k8sincident.workflows.model.BreakGlass;
import io.k8sincident.workflows.model.Phase;
import java.time.Instant;
import java.util.List;

/** The inbox as a table: what waits, for how long, and what to type. */
public final class InboxView {
    private InboxView() {}

    public static List<Text> lines(List<InboxEntry> entries, Instant now, boolean wide) {
        Table table = wide
                ? new Table("AGE", "TARGET", "CAUSE", "PHASE", "RISK", "LEFT", "ID", "RUN", "NEXT")
                : new Table("AGE", "TARGET", "CAUSE", "PHASE", "RISK", "LEFT", "NEXT");
        for (InboxEntry entry : entries) {
            Text age = Text.of(Age.since(entry.openedAt(), now));
            Text target = Text.of(entry.target(), Style.BOLD);
            Text cause = orDash(entry.cause());
            Text phase = Text.of(entry.phase(), style(entry.phase()))
                    .and(entry.breakGlass() ? Text.of(" " + BreakGlass.MARK, Style.RED) : Text.of(""));
            Text risk = orDash(entry.risk());
            Text left = Text.of(entry.open() ? Age.until(entry.deadline(), now) : "-");
            Text next = Text.of(entry.next());
            if (wide) {
                table.row(
                        age,
                        target,
                        cause,
                        phase,
                        risk,
                        left,
                        Text.of(entry.workflowId()),
                        Text.of(entry.runId()),
                        next);
            } else {
                table.row(age, target, cause, phase, risk, left, next);
            }
        }
        return table.lines();
    }

    private static Text orDash(String text) {
        return Text.of(text.isEmpty() ? "-" : text);
    }

    private static Style style(String phase) {
        return switch (phase) {
            case "RESOLVED", "HEALTHY" -> Style.GREEN;
            case "UNRESOLVED", "OUTCOME_UNKNOWN", "FAILED", "ROLLED_BACK" -> Style.RED;
            default -> phase.equals(Phase.AWAITING_APPROVAL.name()) ? Style.YELLOW : Style.PLAIN;
        };
    }
}
