package io.k8sincident.activities.redaction;

import io.k8sincident.scenarios.secrets.PlantedSecrets;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * How many megabytes of text one core redacts in a second of its time, so that other work on the machine does not count.
 * Prints one row for each kind of text; asserts nothing.
 */
final class RedactionBenchmark {
    private static final Path RECORDINGS = Path.of("src", "test", "resources", "recordings");
    private static final int SIZE = 4 * 1024 * 1024;
    private static final int WARM_UP = 10;
    private static final int ROUNDS = 15;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private RedactionBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        System.out.println("| text | MB/s of one core: median | least | most |\n|---|---|---|---|");
        measure("logs of the recordings", recordedLogs());
        measure("objects of the recordings, as JSON", recorded(".json"));
        measure(
                "a log of a web server without a credential",
                "10.0.3.7 - - [28/Nov/2026:12:00:00 +0000] \"GET /api/orders/4711?page=2 HTTP/1.1\" 200 5316\n");
        measure(
                "one credential in 20 lines",
                "2026-11-28T12:00:00.000Z INFO  [http-7] c.e.Orders - order 4711 stored in 12 ms\n".repeat(19)
                        + "2026-11-28T12:00:00.000Z DEBUG connecting to postgres://app:s3cr3tpw@db:5432/app\n");
        measure(
                "a credential in each line",
                new PlantedSecrets(1)
                        .make(1_000).stream().map(PlantedSecrets.Planted::line).collect(Collectors.joining("\n")));
    }

    private static void measure(String name, String sample) {
        String text = sample.repeat(SIZE / sample.length() + 1).substring(0, SIZE);
        List<Double> rates = new ArrayList<>();
        for (int round = 0; round < WARM_UP + ROUNDS; round++) {
            long start = THREADS.getCurrentThreadCpuTime();
            int length = Redactor.text(text).length();
            long nanos = THREADS.getCurrentThreadCpuTime() - start;
            if (round >= WARM_UP && length > 0) {
                rates.add(SIZE * 1e3 / nanos);
            }
        }
        Collections.sort(rates);
        System.out.printf(
                Locale.ROOT,
                "| %s | %.0f | %.0f | %.0f |%n",
                name,
                rates.get(ROUNDS / 2),
                rates.get(0),
                rates.get(ROUNDS - 1));
    }

    private static String recordedLogs() throws IOException {
        return recorded(".log");
    }

    private static String recorded(String ending) throws IOException {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.list(RECORDINGS)) {
            for (Path archive : files.filter(file -> file.toString().endsWith(".tar.gz"))
                    .sorted()
                    .toList()) {
                append(archive, ending, text);
            }
        }
        return text.toString();
    }

    private static void append(Path archive, String ending, StringBuilder text) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new GzipCompressorInputStream(Files.newInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry();
                    entry != null && text.length() < SIZE;
                    entry = tar.getNextEntry()) {
                if (entry.getName().endsWith(ending)) {
                    text.append(new String(tar.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        }
    }
}
