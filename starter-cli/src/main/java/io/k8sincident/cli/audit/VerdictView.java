package io.k8sincident.cli.audit;

import io.k8sincident.activities.audit.ChainedEntry;
import io.k8sincident.activities.audit.verify.Flaw;
import io.k8sincident.activities.audit.verify.Verdict;
import io.k8sincident.cli.output.Screen;
import io.k8sincident.cli.output.Style;
import io.k8sincident.cli.output.Table;
import io.k8sincident.cli.output.Text;
import java.util.ArrayList;
import java.util.List;

/** What a check of a trail came to, for a person. */
public final class VerdictView {
    private VerdictView() {}

    public static List<Text> of(Verdict verdict) {
        List<Text> lines = new ArrayList<>();
        lines.add(verdict.flaw() == null ? good(verdict) : bad(verdict.flaw()));
        if (!verdict.trail().isEmpty()) {
            lines.add(Screen.label("trail", verdict.trail()));
        }
        if (verdict.sealed() > 0) {
            lines.add(Screen.label(
                    "sealed",
                    "up to record " + verdict.sealed() + ", by " + count(verdict.checkpoints(), "checkpoint")));
        }
        verdict.notes().forEach(note -> lines.add(Screen.label("note", note)));
        return lines;
    }

    /** What a check of a bundle came to, and the records that were found good. */
    public static List<Text> ofBundle(Verdict verdict, List<ChainedEntry> records) {
        List<Text> lines = new ArrayList<>(of(verdict));
        if (verdict.flaw() == null) {
            Table table = new Table("RECORD", "TIME", "ACTOR", "EVENT");
            records.forEach(record -> table.row(
                    Text.of(Long.toString(record.sequence())),
                    Text.of(record.time().toString()),
                    Text.of(record.actor()),
                    Text.of(record.event())));
            lines.addAll(table.lines());
        }
        return lines;
    }

    /** A flaw in one line: what, where, and the first bad record. */
    public static Text bad(Flaw flaw) {
        String record = flaw.sequence() > 0 ? "first bad record: " + flaw.sequence() + " · " : "";
        String place = flaw.place().isEmpty() ? "" : " · " + flaw.place();
        return Text.of("BAD", Style.RED).and("  " + flaw.kind() + " · " + record + flaw.text() + place);
    }

    private static Text good(Verdict verdict) {
        String records = verdict.first() == 0
                ? "no records"
                : count(verdict.last() - verdict.first() + 1, "record") + ", " + verdict.first() + " to "
                        + verdict.last();
        return Text.of("GOOD", Style.GREEN).and("  " + records);
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
