package io.k8sincident.cli.benchmark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Durations in milliseconds, reported as median, 99th percentile and spread. */
final class Samples {
    private final String name;
    private final List<Double> millis = new ArrayList<>();

    Samples(String name) {
        this.name = name;
    }

    void add(long nanos) {
        millis.add(nanos / 1e6);
    }

    /** One row of the table: name, n, min, p50, p99, max. */
    String row() {
        Collections.sort(millis);
        return String.format(
                Locale.ROOT,
                "| %s | %d | %.0f | %.0f | %.0f | %.0f |",
                name,
                millis.size(),
                millis.get(0),
                at(0.5),
                at(0.99),
                millis.get(millis.size() - 1));
    }

    private double at(double share) {
        return millis.get((int) Math.min(millis.size() - 1L, Math.round(share * (millis.size() - 1))));
    }
}
