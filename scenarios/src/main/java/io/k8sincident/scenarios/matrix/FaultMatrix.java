package io.k8sincident.scenarios.matrix;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * What fault tests tried and counted. Each adds a row to the file that the system property {@code faults.report} names,
 * and the table as far as it has got is printed, so that the last one printed is the whole of it. Without the property
 * only the row is printed.
 */
public final class FaultMatrix {
    /** What such a test does not count: shown as a dash. */
    public static final long NOT_COUNTED = -1;

    private static final String HEAD =
            "| fault | runs | incidents lost | duplicate writes | unapproved writes |\n|---|---|---|---|---|";

    private FaultMatrix() {}

    /**
     * One row.
     *
     * @param fault what went wrong
     * @param runs how often, in words where they are of several kinds
     * @param lost, like those after it: how many, or {@link #NOT_COUNTED}
     */
    @SuppressWarnings("SystemOut")
    public static void add(String fault, String runs, long lost, long duplicates, long unapproved) {
        String row = "| " + String.join(" | ", fault, runs, shown(lost), shown(duplicates), shown(unapproved)) + " |";
        String file = System.getProperty("faults.report", "");
        print(System.out, file.isEmpty() ? List.of(row) : appended(Path.of(file), row));
    }

    private static String shown(long count) {
        return count == NOT_COUNTED ? "–" : String.valueOf(count);
    }

    private static void print(PrintStream out, List<String> rows) {
        out.println(HEAD);
        rows.forEach(out::println);
    }

    private static List<String> appended(Path file, String row) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(
                    file, row + "\n", StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the table of faults " + file, e);
        }
    }
}
