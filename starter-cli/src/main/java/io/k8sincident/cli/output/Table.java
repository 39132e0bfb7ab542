package io.k8sincident.cli.output;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Columns as in {@code kubectl get}: as wide as their widest cell, three blanks between them. */
public final class Table {
    private final List<List<Text>> rows = new ArrayList<>();

    public Table(String... headings) {
        rows.add(List.of(headings).stream()
                .map(heading -> Text.of(heading, Style.BOLD))
                .toList());
    }

    /** Adds a row; it has as many cells as there are headings. */
    public Table row(Text... cells) {
        if (cells.length != rows.get(0).size()) {
            throw new IllegalArgumentException(
                    cells.length + " cells for " + rows.get(0).size() + " columns");
        }
        rows.add(List.of(cells));
        return this;
    }

    public List<Text> lines() {
        int columns = rows.get(0).size();
        int[] widths = IntStream.range(0, columns)
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).width())
                        .max()
                        .orElse(0))
                .toArray();
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static Text line(List<Text> row, int[] widths) {
        Text line = Text.of("");
        for (int column = 0; column < row.size(); column++) {
            boolean last = column == row.size() - 1;
            line = line.and(last ? row.get(column) : row.get(column).padded(widths[column] + 3));
        }
        return line;
    }
}
