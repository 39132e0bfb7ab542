package io.k8sincident.activities.audit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.audit.ChainedEntry;
import io.k8sincident.activities.audit.TrailEntry;
import io.k8sincident.activities.audit.chain.ChainEnd;
import io.k8sincident.activities.audit.chain.ChainedLine;
import io.k8sincident.activities.audit.chain.DetailDigest;
import io.k8sincident.activities.audit.seal.KeyFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looking up costs what is found, not what is there: counted in bytes. */
class TrailIndexTest {
    private static final long SEED = 20_261_128;
    private static final int INCIDENTS = 2_000;

    @TempDir
    Path directory = Path.of("");

    private TrailFiles files = new TrailFiles(Path.of(""));
    private ChainEnd end = ChainEnd.START;

    @BeforeEach
    void begin() {
        files = new TrailFiles(directory);
    }

    @Test
    void readsEachByteOnceAndThenOnlyWhatIsAskedFor() throws IOException {
        fill(200_000);
        TrailIndex index = new TrailIndex(files);
        long size = Files.size(files.current());

        assertThat(index.find("incident-7", "event-3")).hasSize(10);
        assertThat(index.bytesRead()).isBetween(size, size + 100_000);

        long before = index.bytesRead();
        for (int i = 0; i < 100; i++) {
            assertThat(index.find("incident-" + i, "event-3")).hasSize(10);
        }
        // Ten lines each, and one to see that the file is still the same.
        assertThat(index.bytesRead() - before).isLessThan(100 * 11 * 2_048L);

        before = index.bytesRead();
        fill(10);
        assertThat(index.find("incident-7", "event-3")).hasSizeBetween(10, 11);
        assertThat(index.bytesRead() - before).isLessThan(13 * 2_048L);
    }

    @Test
    void costsTheSameInATrailTenTimesAsLong() throws IOException {
        long[] cost = new long[2];
        for (int size = 0; size < 2; size++) {
            fill(size == 0 ? 20_000 : 180_000);
            append("asked", "once");
            TrailIndex index = new TrailIndex(files);
            index.find("asked", "never");
            long before = index.bytesRead();
            assertThat(index.find("asked", "once")).hasSize(size + 1);
            cost[size] = index.bytesRead() - before;
        }
        assertThat(cost[1]).isLessThanOrEqualTo(cost[0] + 2_048);
    }

    @Test
    void findsWhatAScanFindsWhateverIsForgotten() throws IOException {
        fill(200_000);
        for (int most : new int[] {1, 2, 64}) {
            TrailIndex index = new TrailIndex(files, most);
            Random random = new Random(SEED);
            for (int i = 0; i < 10; i++) {
                String incident = "incident-" + random.nextInt(INCIDENTS + 10);
                String event = "event-" + random.nextInt(12);

                assertThat(index.find(incident, event).stream()
                                .map(ChainedEntry::sequence)
                                .toList())
                        .as("%s %s of seed %s", incident, event, SEED)
                        .isEqualTo(scanned(incident, event));
            }
        }
    }

    @Test
    void goesOnThroughSegmentsThatComeAndGo() throws IOException {
        FileTrailStore store = new FileTrailStore(directory);
        StoredTrail trail = StoredTrail.sealed(
                store, new KeyFile(directory.resolve("key.pem")), SealingPace.DEFAULT, Clock.systemUTC(), line -> {});
        Seals seals = new Seals(new KeyFile(directory.resolve("key.pem")), Clock.systemUTC());
        trail.append(TrailEntry.of("incident", "", "asked", Map.of("n", "1")));
        assertThat(numbers(store)).containsExactly("1");

        Path first = store.startSegment(seals, Clock.systemUTC());
        trail.append(TrailEntry.of("incident", "", "asked", Map.of("n", "2")));
        assertThat(numbers(store)).containsExactly("1", "2");

        Path second = store.startSegment(seals, Clock.systemUTC());
        trail.append(TrailEntry.of("incident", "", "asked", Map.of("n", "3")));
        assertThat(numbers(store)).containsExactly("1", "2", "3");

        Files.delete(first);
        assertThat(numbers(store)).containsExactly("2", "3");
        Files.delete(second);
        assertThat(numbers(store)).containsExactly("3");
    }

    @Test
    void readsAgainWhatIsNoMoreWhatItWas() throws IOException {
        fill(1_000);
        append("asked", "once");
        TrailIndex index = new TrailIndex(files);
        assertThat(index.find("asked", "once")).hasSize(1);

        // As after a crash of the machine: another end than the one that was read.
        List<String> lines = Files.readAllLines(files.current());
        Files.write(files.current(), lines.subList(0, 1_000));
        assertThat(index.find("asked", "once")).isEmpty();

        Files.write(files.current(), lines.subList(500, 1_001), StandardOpenOption.TRUNCATE_EXISTING);
        assertThat(index.find("asked", "once")).hasSize(1);
    }

    @Test
    void passesOverALineThatIsNotFinishedAndReadsItWhenItIs() throws IOException {
        append("asked", "once");
        append("asked", "once");
        byte[] whole = Files.readAllBytes(files.current());
        TrailIndex index = new TrailIndex(files);
        Files.write(files.current(), java.util.Arrays.copyOf(whole, whole.length - 10));
        assertThat(index.find("asked", "once")).hasSize(1);

        Files.write(files.current(), whole);
        assertThat(index.find("asked", "once")).hasSize(2);
    }

    private static List<String> numbers(FileTrailStore store) throws IOException {
        return store.find("incident", "asked").stream()
                .map(entry -> entry.detail("n"))
                .toList();
    }

    private List<Long> scanned(String incident, String event) throws IOException {
        List<Long> found = new ArrayList<>();
        for (String line : Files.readAllLines(files.current())) {
            if (line.contains("\"" + incident + "\"") && line.contains("\"" + event + "\"")) {
                found.add(ChainedLine.parse(line.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .orElseThrow()
                        .sequence());
            }
        }
        return found;
    }

    private void fill(int records) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < records; i++) {
            bytes.writeBytes(line("incident-" + i % INCIDENTS, "event-" + i / INCIDENTS % 10));
        }
        Files.write(files.current(), bytes.toByteArray(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private void append(String incident, String event) throws IOException {
        Files.write(files.current(), line(incident, event), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private byte[] line(String incident, String event) {
        Map<String, String> detail = Map.of("key", "value");
        ChainedLine line = ChainedLine.after(
                end, TrailEntry.of(incident, "run", event, detail), DetailDigest.of(detail), Instant.EPOCH);
        end = line.end();
        byte[] ended = java.util.Arrays.copyOf(line.bytes(), line.bytes().length + 1);
        ended[ended.length - 1] = '\n';
        return ended;
    }
}
