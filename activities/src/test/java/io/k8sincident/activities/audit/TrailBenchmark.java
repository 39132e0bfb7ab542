package io.k8sincident.activities.audit;

import io.k8sincident.activities.audit.chain.ChainEnd;
import io.k8sincident.activities.audit.chain.ChainedLine;
import io.k8sincident.activities.audit.store.SealingPace;
import io.k8sincident.activities.audit.store.StoredTrail;
import io.k8sincident.activities.audit.verify.Verdict;
import io.k8sincident.activities.blob.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Measures the audit trail in files: {@code append [DIRECTORY]} durable appends by 1, 16, 64 and 256 threads beside the
 * disk's own time for a sync; {@code fill DIRECTORY RECORDS} writes a sealed trail; {@code verify DIRECTORY} checks it.
 * {@code docs/benchmarks.md} has the figures.
 */
public final class TrailBenchmark {
    private static final long SECONDS = 5;

    private TrailBenchmark() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws Exception {
        Path directory = arguments.length > 1 ? Path.of(arguments[1]) : Files.createTempDirectory("trail-benchmark");
        switch (arguments.length == 0 ? "append" : arguments[0]) {
            case "append" -> append(directory);
            case "fill" -> fill(new TrailFixture(directory), Long.parseLong(arguments[2]));
            case "verify" -> verify(new TrailFixture(directory));
            default -> System.out.println("append [DIRECTORY] | fill DIRECTORY RECORDS | verify DIRECTORY");
        }
    }

    @SuppressWarnings("SystemOut")
    private static void append(Path directory) throws Exception {
        System.out.printf("one sync of 500 bytes: p50 %.2f ms%n", sync(directory));
        for (int threads : new int[] {1, 16, 64, 256}) {
            TrailFixture fixture = new TrailFixture(Files.createTempDirectory(directory, "threads-" + threads + "-"));
            try (StoredTrail trail = StoredTrail.sealed(
                    fixture.store(), fixture.keys, SealingPace.DEFAULT, Clock.systemUTC(), line -> {})) {
                var unused = run(trail, threads, 1);
                long[] nanos = run(trail, threads, SECONDS);
                System.out.printf(
                        "%d threads: %,.0f records/s, latency p50 %.2f ms, p99 %.2f ms%n",
                        threads,
                        nanos.length / (double) SECONDS,
                        nanos[nanos.length / 2] / 1e6,
                        nanos[(int) (nanos.length * 0.99)] / 1e6);
            }
            Verdict verdict = fixture.verify();
            System.out.printf(
                    "   verified: %s, %,d records, %d checkpoints%n",
                    verdict.good(), verdict.last(), verdict.checkpoints());
        }
    }

    private static double sync(Path directory) throws IOException {
        long[] nanos = new long[200];
        try (FileChannel file = FileChannel.open(
                directory.resolve("sync"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.APPEND)) {
            for (int i = 0; i < nanos.length; i++) {
                long start = System.nanoTime();
                file.write(ByteBuffer.allocate(500));
                file.force(false);
                nanos[i] = System.nanoTime() - start;
            }
        }
        Arrays.sort(nanos);
        return nanos[nanos.length / 2] / 1e6;
    }

    private static long[] run(AuditTrail trail, int threads, long seconds) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        List<Callable<List<Long>>> appenders = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            String incident = "incident:local:demo:deployment:app-" + thread;
            appenders.add(() -> {
                List<Long> nanos = new ArrayList<>();
                for (long now = System.nanoTime(); now < end; ) {
                    trail.append(entry(incident));
                    long later = System.nanoTime();
                    nanos.add(later - now);
                    now = later;
                }
                return nanos;
            });
        }
        List<Long> all = new ArrayList<>();
        for (Future<List<Long>> each : pool.invokeAll(appenders)) {
            all.addAll(each.get());
        }
        pool.shutdown();
        return all.stream().mapToLong(Long::longValue).sorted().toArray();
    }

    /** Of the size of a write's announcement. */
    private static TrailEntry entry(String incident) {
        return TrailEntry.of(
                incident,
                "0f6e2f4b-0a1c-4b57-9d1e-7c3f1a9e5d20",
                "write_intent",
                Map.of(
                        "mark", "sha256:5c2f0e4b9a71d6c38e0b4f7a2d915c6e8b3f7041a6d2c95e8f1b0a7d3c6e9f42/1",
                        "target", "demo/deployment/crashy",
                        "resourceVersion", "48213",
                        "decisionId", "0192f0c1-5a7b-7c3d-8e9f-0a1b2c3d4e5f",
                        "approver", "bob (unverified)"));
    }

    @SuppressWarnings("SystemOut")
    private static void fill(TrailFixture fixture, long records) throws IOException {
        Files.createDirectories(fixture.directory);
        long start = System.nanoTime();
        fixture.append(0, 1);
        try (StoredTrail trail = fixture.open(SealingPace.DEFAULT.records())) {
            trail.append(TrailFixture.entry("first"));
        }
        TrailEntry entry = entry("incident:local:demo:deployment:app");
        String digest = Digest.ofCanonical(entry.detail());
        for (long written = 0; written < records; written += SealingPace.DEFAULT.records()) {
            fixture.store().exclusively(session -> {
                List<ChainedLine> lines = new ArrayList<>();
                ChainEnd end = session.end();
                for (long i = 0; i < SealingPace.DEFAULT.records(); i++) {
                    ChainedLine line = ChainedLine.after(
                            end, entry, digest, Clock.systemUTC().instant());
                    lines.add(line);
                    end = line.end();
                }
                session.append(lines);
                return new io.k8sincident.activities.audit.store.Seals(fixture.keys, Clock.systemUTC()).seal(session);
            });
        }
        System.out.printf(
                "%,d records, %,d bytes in %.1f s%n",
                records, Files.size(fixture.files.current()), (System.nanoTime() - start) / 1e9);
    }

    @SuppressWarnings("SystemOut")
    private static void verify(TrailFixture fixture) throws IOException {
        long start = System.nanoTime();
        Verdict verdict = fixture.verify();
        System.out.printf(
                "%,d records with %,d checkpoints: %s in %.1f s; %d MiB of heap at most%n",
                verdict.last(),
                verdict.checkpoints(),
                verdict.good() ? "good" : verdict.flaw(),
                (System.nanoTime() - start) / 1e9,
                Runtime.getRuntime().maxMemory() >> 20);
    }
}
