package io.k8sincident.activities.audit;

import io.k8sincident.activities.audit.chain.ChainEnd;
import io.k8sincident.activities.audit.chain.ChainedLine;
import io.k8sincident.activities.audit.chain.DetailDigest;
import io.k8sincident.activities.audit.seal.KeyFile;
import io.k8sincident.activities.audit.store.SealingPace;
import io.k8sincident.activities.audit.store.Seals;
import io.k8sincident.activities.audit.store.StoredTrail;
import io.k8sincident.activities.audit.store.TrailStore;
import io.k8sincident.activities.audit.verify.Verdict;
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
 * disk's own time for a sync; {@code fill DIRECTORY RECORDS} writes a sealed trail; {@code verify DIRECTORY} checks it;
 * {@code find DIRECTORY} looks an incident up. {@code PostgresBenchmark} does the same with a database.
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
            case "verify" -> verify(() -> new TrailFixture(directory).verify());
            case "find" -> find(new TrailFixture(directory).store());
            default ->
                System.out.println("append [DIRECTORY] | fill DIRECTORY RECORDS | verify DIRECTORY | find DIRECTORY");
        }
    }

    @SuppressWarnings("SystemOut")
    private static void append(Path directory) throws Exception {
        System.out.printf("one sync of 500 bytes: p50 %.2f ms%n", sync(directory));
        for (int threads : new int[] {1, 16, 64, 256}) {
            TrailFixture fixture = new TrailFixture(Files.createTempDirectory(directory, "threads-" + threads + "-"));
            append(fixture.store(), fixture.keys, threads);
            Verdict verdict = fixture.verify();
            System.out.printf(
                    "   verified: %s, %,d records, %d checkpoints%n",
                    verdict.good(), verdict.last(), verdict.checkpoints());
        }
    }

    /** Appends for some seconds, and prints how many it became and how long each took. */
    @SuppressWarnings("SystemOut")
    public static void append(TrailStore store, KeyFile keys, int threads) throws Exception {
        try (StoredTrail trail = StoredTrail.sealed(store, keys, SealingPace.DEFAULT, Clock.systemUTC(), line -> {})) {
            var unused = run(trail, threads, 1);
            long[] nanos = run(trail, threads, SECONDS);
            System.out.printf(
                    "%d threads: %,.0f records/s, latency p50 %.2f ms, p99 %.2f ms%n",
                    threads,
                    nanos.length / (double) SECONDS,
                    nanos[nanos.length / 2] / 1e6,
                    nanos[(int) (nanos.length * 0.99)] / 1e6);
        }
    }

    /** The median of 200 syncs of 500 bytes, in milliseconds. */
    public static double sync(Path directory) throws IOException {
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
        fill(fixture.store(), fixture.keys, records);
        System.out.printf("%,d bytes%n", Files.size(fixture.files.current()));
    }

    /** Writes a sealed trail of 20 records an incident. */
    @SuppressWarnings("SystemOut")
    public static void fill(TrailStore store, KeyFile keys, long records) throws IOException {
        long start = System.nanoTime();
        try (StoredTrail trail = StoredTrail.sealed(store, keys, SealingPace.DEFAULT, Clock.systemUTC(), line -> {})) {
            trail.append(TrailFixture.entry("first"));
        }
        for (long written = 0; written < records; written += SealingPace.DEFAULT.records()) {
            long before = written;
            store.exclusively(session -> {
                List<ChainedLine> lines = new ArrayList<>();
                ChainEnd end = session.end();
                for (long i = 0; i < SealingPace.DEFAULT.records(); i++) {
                    TrailEntry entry = entry("incident:local:demo:deployment:app-" + (before + i) / 20);
                    ChainedLine line = ChainedLine.after(
                            end,
                            entry,
                            DetailDigest.of(entry.detail()),
                            Clock.systemUTC().instant());
                    lines.add(line);
                    end = line.end();
                }
                session.append(lines);
                return new Seals(keys, Clock.systemUTC()).seal(session);
            });
        }
        System.out.printf("%,d records in %.1f s%n", records, (System.nanoTime() - start) / 1e9);
    }

    /** Checks a trail. */
    public interface Check {
        Verdict verify() throws IOException;
    }

    /** Prints what a check came to and how long it took. */
    @SuppressWarnings("SystemOut")
    public static void verify(Check check) throws IOException {
        long start = System.nanoTime();
        Verdict verdict = check.verify();
        System.out.printf(
                "%,d records with %,d checkpoints: %s in %.1f s; %d MiB of heap at most%n",
                verdict.last(),
                verdict.checkpoints(),
                verdict.good() ? "good" : verdict.flaw(),
                (System.nanoTime() - start) / 1e9,
                Runtime.getRuntime().maxMemory() >> 20);
    }

    /** Prints how long the first look-up takes, and others after it. */
    @SuppressWarnings("SystemOut")
    public static void find(TrailStore store) throws IOException {
        long start = System.nanoTime();
        int found = store.find("incident:local:demo:deployment:app-7", "write_intent")
                .size();
        System.out.printf("first look-up: %d records in %.2f s%n", found, (System.nanoTime() - start) / 1e9);
        long[] nanos = new long[1_000];
        for (int i = 0; i < nanos.length; i++) {
            start = System.nanoTime();
            var unused = store.find("incident:local:demo:deployment:app-" + i * 31, "write_intent");
            nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        System.gc();
        System.out.printf(
                "each of 1,000 others: p50 %.3f ms, p99 %.3f ms; %d MiB of heap in use%n",
                nanos[500] / 1e6,
                nanos[990] / 1e6,
                (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20);
    }
}
