package io.k8sincident.activities.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.k8sincident.activities.blob.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every trail promises, whatever store lies behind it. */
public abstract class AuditTrailContract {
    /** One more trail, as another process would open it, on the store of this test. */
    protected abstract AuditTrail trail() throws Exception;

    /** What lies in the store, in order. */
    protected abstract List<String> lines() throws Exception;

    @Test
    void numbersAndChainsItsLines() throws Exception {
        AuditTrail trail = trail();
        for (int i = 0; i < 5; i++) {
            trail.append(entry("event_" + i));
        }

        assertThat(brokenLinks()).isEmpty();
        assertThat(lines()).hasSize(5);
    }

    @Test
    void goesOnWhereAnEarlierProcessEnded() throws Exception {
        trail().append(entry("first"));

        ChainedEntry second = trail().append(entry("second"));

        assertThat(second.sequence()).isEqualTo(2);
        assertThat(brokenLinks()).isEmpty();
    }

    @Test
    void findsByIncidentAndEvent() throws Exception {
        AuditTrail trail = trail();
        trail.append(entry("wanted"));
        trail.append(entry("other"));
        trail.append(TrailEntry.of("another incident", "", "wanted", Map.of()));

        assertThat(trail.find("incident", "wanted")).singleElement().satisfies(found -> {
            assertThat(found.detail("key")).isEqualTo("wanted\n\u001b");
            assertThat(found.sequence()).isEqualTo(1);
        });
    }

    @Test
    void findsNothingInAnEmptyTrail() throws Exception {
        assertThat(trail().find("incident", "any")).isEmpty();
    }

    @Test
    void keepsEveryEntryOfManyThreadsAndTwoTrailsOnOneFile() throws Exception {
        AuditTrail one = trail();
        AuditTrail two = trail();
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
    void writesHalfASurrogatePair() throws Exception {
        trail().append(TrailEntry.of("incident", "", "hostile", Map.of("text", "a\ud800b")));

        assertThat(trail().find("incident", "hostile").get(0).detail("text")).isEqualTo("a?b");
    }

    /** The numbers of the lines that do not follow from the one before. */
    protected final List<Integer> brokenLinks() throws Exception {
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

    protected static TrailEntry entry(String event) {
        return TrailEntry.of("incident", "run", event, Map.of("key", event + "\n\u001b"));
    }
}
