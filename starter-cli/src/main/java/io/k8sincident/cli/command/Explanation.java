package io.k8sincident.cli.command;

import io.k8sincident.activities.remediation.CauseCatalog;
import io.k8sincident.cli.output.Documents;
import io.k8sincident.cli.output.ExitCode;
import io.k8sincident.cli.output.OutputFormat;
import io.k8sincident.cli.output.Problem;
import io.k8sincident.cli.output.Screen;
import io.k8sincident.cli.output.Style;
import io.k8sincident.cli.output.Table;
import io.k8sincident.cli.output.Text;
import java.util.List;
import java.util.Map;

/** What a cause means, how it is proven, and what could be done about it; without a cause, all of them. */
final class Explanation {
    private final Screen screen;
    private final OutputFormat format;
    private final CauseCatalog catalog;

    Explanation(Screen screen, OutputFormat format, CauseCatalog catalog) {
        this.screen = screen;
        this.format = format;
        this.catalog = catalog;
    }

    /** @throws Problem if no rule names such a cause */
    int print(String id) {
        if (id.isEmpty()) {
            all();
        } else {
            one(catalog.find(id).orElseThrow(() -> unknown(id)));
        }
        return ExitCode.OK;
    }

    private Problem unknown(String id) {
        List<String> nearest = catalog.nearest(id);
        return Problem.usage(
                "no rule names a cause '" + id + "'",
                (nearest.isEmpty() ? "" : "did you mean " + String.join(", ", nearest) + "? ")
                        + "incident triage --explain lists all");
    }

    private void all() {
        if (format.structured()) {
            screen.printRaw(new Documents().write(format, "CauseList", Map.of("items", catalog.entries())));
        } else if (format == OutputFormat.NAME) {
            catalog.entries().forEach(entry -> screen.print(entry.id()));
        } else {
            Table table = new Table("FAMILY", "CAUSE", "MEANING");
            catalog.entries()
                    .forEach(
                            entry -> table.row(Text.of(entry.family()), Text.of(entry.id()), Text.of(entry.meaning())));
            screen.print(table.lines());
        }
    }

    private void one(CauseCatalog.Entry entry) {
        if (format.structured()) {
            screen.printRaw(new Documents().write(format, "Cause", entry));
            return;
        }
        if (format == OutputFormat.NAME) {
            screen.print(entry.id());
            return;
        }
        screen.print(Text.of(entry.id(), Style.BOLD).and("   " + entry.family()));
        screen.print(Screen.label("means", entry.meaning()));
        screen.print(Screen.label("proof", entry.proof()));
        screen.print(Screen.label("not if", entry.ruledOutBy()));
        if (entry.offers().isEmpty()) {
            screen.print(Screen.label("offer", "nothing: a human decides, with the evidence"));
        }
        entry.offers().forEach(offer -> screen.print(Screen.label("offer", offer)));
    }
}
