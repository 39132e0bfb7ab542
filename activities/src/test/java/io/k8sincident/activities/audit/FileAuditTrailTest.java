package io.k8sincident.activities.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.k8sincident.activities.blob.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;
import org.junit.jupiter.api.io.TempDir;

class FileAuditTrailTest {
    @TempDir
    Path directory = Path.of("");

    @Test
    void numbersAndChainsItsLines() throws IOException {
        FileAuditTrail trail = trail();
        for (int i = 0; i < 5; i++) {
            trail.append(entry("event_" + i));
        }

        assertThat(brokenLinks()).isEmpty();
        assertThat(lines()).hasSize(5);
    }

    @Test
    void goesOnWhereAnEarlierProcessEnded() throws IOException {
        trail().append(entry("first"));

        ChainedEntry second = trail().append(entry("second"));

        assertThat(second.sequence()).isEqualTo(2);
        assertThat(brokenLinks()).isEmpty();
    }

    @Test
    void findsByIncidentAndEvent() {
        FileAuditTrail trail = trail();
        trail.append(entry("wanted"));
        trail.append(entry("other"));
        trail.append(TrailEntry.of("another incident", "", "wanted", Map.of()));

        assertThat(trail.find("incident", "wanted")).singleElement().satisfies(found -> {
            assertThat(found.detail("key")).isEqualTo("wanted\n\u001b");
            assertThat(found.sequence()).isEqualTo(1);
        });
    }

    @Test
    void findsNothingWhereThereIsNoFile() {
        assertThat(trail().find("incident", "any")).isEmpty();
    }

    @Test
    void keepsEveryEntryOfManyThreadsAndTwoTrailsOnOneFile()
            throws IOException, InterruptedException, ExecutionException {
        FileAuditTrail one = trail();
        FileAuditTrail two = trail();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<ChainedEntry>> appended = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            int number = i;
            appended.add(threads.submit(() -> (number % 2 == 0 ? one : two).append(entry("event_" + number))));
        }
        for (Future<ChainedEntry> each : appended) {
            each.get();
        }
        threads.shutdown();

        assertThat(lines()).hasSize(400);
        assertThat(brokenLinks()).isEmpty();
    }

    @Test
    void movesATornTailAsideAndSaysSo() throws IOException {
        FileAuditTrail trail = trail();
        trail.append(entry("whole"));
        Files.writeString(file(), "{\"sequence\":2,\"eve", StandardOpenOption.APPEND);

        ChainedEntry next = trail.append(entry("next"));

        assertThat(next.sequence()).isEqualTo(3);
        assertThat(lines().get(1)).contains("torn_tail_recovered", "\"bytes\":\"18\"");
        assertThat(brokenLinks()).isEmpty();
        try (var files = Files.list(directory)) {
            assertThat(files.filter(path -> path.toString().contains(".torn-")))
                    .singleElement()
                    .satisfies(kept -> assertThat(kept).hasContent("{\"sequence\":2,\"eve"));
        }
    }

    @Test
    void appendsNothingAfterALineThatIsNoEntry() throws IOException {
        Files.writeString(file(), "not an entry\n");

        assertThatThrownBy(() -> trail().append(entry("next")))
                .isInstanceOf(AuditUnavailableException.class)
                .hasMessageContaining("is no entry of a trail")
                .hasMessageContaining("Nothing is changed in the cluster without it")
                .hasMessageContaining("Next:");
        assertThat(file()).hasContent("not an entry\n");
    }

    @Test
    @DisabledIf("noFullDevice")
    void saysThatTheDiskIsFull() throws IOException {
        Files.createSymbolicLink(file(), Path.of("/dev/full"));

        assertThatThrownBy(() -> trail().append(entry("lost"))).isInstanceOf(AuditUnavailableException.class);
    }

    @Test
    void saysThatTheDirectoryCannotBeWritten() throws IOException {
        Path notADirectory = Files.writeString(directory.resolve("file"), "");

        assertThatThrownBy(() -> new FileAuditTrail(notADirectory, Clock.systemUTC()).append(entry("lost")))
                .isInstanceOf(AuditUnavailableException.class);
    }

    @Test
    void writesHalfASurrogatePair() {
        trail().append(TrailEntry.of("incident", "", "hostile", Map.of("text", "a\ud800b")));

        assertThat(trail().find("incident", "hostile").get(0).detail("text")).isEqualTo("a?b");
    }

    static boolean noFullDevice() {
        return !Files.exists(Path.of("/dev/full"));
    }

    private FileAuditTrail trail() {
        return new FileAuditTrail(directory, Clock.systemUTC());
    }

    private Path file() {
        return directory.resolve(FileAuditTrail.FILE);
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(file());
    }

    /** The numbers of the lines that do not follow from the one before. */
    private List<Integer> brokenLinks() throws IOException {
        List<Integer> broken = new ArrayList<>();
        String previous = Digest.of("");
        int number = 0;
        for (String line : lines()) {
            number++;
            JsonNode json = new ObjectMapper().readTree(line);
            if (!json.path("previous").asText().equals(previous)
                    || json.path("sequence").asInt() != number
                    || !json.path("detailDigest").asText().equals(Digest.ofCanonical(json.path("detail")))) {
                broken.add(number);
            }
            previous = Digest.of(line);
        }
        return broken;
    }

    private static TrailEntry entry(String event) {
        return TrailEntry.of("incident", "run", event, Map.of("key", event + "\n\u001b"));
    }
}
