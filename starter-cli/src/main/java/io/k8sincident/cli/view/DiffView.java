package io.k8sincident.cli.view;

import io.k8sincident.cli.output.Style;
import io.k8sincident.cli.output.Text;
import java.util.List;

/** A unified diff with its added and removed lines coloured. */
final class DiffView {
    private DiffView() {}

    static List<Text> lines(String diff) {
        return diff.lines().map(line -> Text.of("    " + line, style(line))).toList();
    }

    private static Style style(String line) {
        if (line.startsWith("+++") || line.startsWith("---")) {
            return Style.DIM;
        }
        if (line.startsWith("+")) {
            return Style.GREEN;
        }
        if (line.startsWith("-")) {
            return Style.RED;
        }
        return line.startsWith("@@") ? Style.CYAN : Style.PLAIN;
    }
}
