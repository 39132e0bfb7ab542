package io.k8sincident.activities.advice;

import io.k8sincident.activities.diagnosis.Fixture;
import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.workflows.model.Diagnosis;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Milliseconds of one core from a diagnosis to the bytes of the question, so that other work on the machine does not count.
 * Prints one row for each incident; asserts nothing.
 */
final class PromptBenchmark {
    private static final int WARM_UP = 200;
    private static final int ROUNDS = 300;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private PromptBenchmark() {}

    public static void main(String[] arguments) {
        System.out.println("| incident | bytes | ms of one core: median | p99 | most |\n|---|---|---|---|---|");
        measure("a short log", Cases.crash());
        measure(
                "a log of 64 KiB",
                Cases.crash("2026-11-28T12:00:00.000Z INFO [http-7] order 4711 stored in 12 ms\n".repeat(950)
                        + "panic: cannot open table orders\nexit"));
        Fixture eventful = Cases.crash();
        for (int i = 0; i < 500; i++) {
            eventful.event("Failed" + i, "something failed for the " + i + "th time", i + 1);
        }
        measure("500 events", eventful);
    }

    private static void measure(String name, Fixture incident) {
        AdviceSettings settings = AdviceSettings.defaults();
        PromptWriter writer = new PromptWriter(Cases.CAUSES, settings);
        Snapshot snapshot = incident.snapshot();
        Diagnosis diagnosis = incident.diagnosis();
        List<Double> times = new ArrayList<>();
        int bytes = 0;
        for (int round = 0; round < WARM_UP + ROUNDS; round++) {
            long start = THREADS.getCurrentThreadCpuTime();
            bytes = ChatRequest.body(settings, writer.write(snapshot, diagnosis).orElseThrow()).length;
            long nanos = THREADS.getCurrentThreadCpuTime() - start;
            if (round >= WARM_UP) {
                times.add(nanos / 1e6);
            }
        }
        Collections.sort(times);
        System.out.printf(
                Locale.ROOT,
                "| %s | %d | %.2f | %.2f | %.2f |%n",
                name,
                bytes,
                times.get(ROUNDS / 2),
                times.get(ROUNDS * 99 / 100),
                times.get(ROUNDS - 1));
    }
}
