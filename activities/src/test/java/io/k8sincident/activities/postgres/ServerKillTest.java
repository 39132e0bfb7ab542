package io.k8sincident.activities.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.k8sincident.activities.audit.AuditUnavailableException;
import io.k8sincident.activities.audit.ChainedEntry;
import io.k8sincident.activities.audit.TrailEntry;
import io.k8sincident.activities.audit.chain.ChainedLine;
import io.k8sincident.activities.audit.store.StoredTrail;
import io.k8sincident.activities.testing.FaultRow;
import io.k8sincident.scenarios.postgres.PostgresServer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** kill -9 of all processes of a real server while two workers append. {@code -Daudit.kills=…} for another number. */
@FaultRow("PostgreSQL killed while two workers append")
class ServerKillTest {
    private static final long SEED = 20_261_128;
    private static final int THREADS = 8;

    private final Queue<ChainedEntry> promised = new ConcurrentLinkedQueue<>();
    private final Queue<String> refused = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean stopped = new AtomicBoolean();

    @Test
    void losesNothingThatWasPromisedAndDoublesNothing() throws Exception {
        Random random = new Random(SEED);
        try (PostgresServer server = TestDatabase.ownServer();
                TestDatabase database = TestDatabase.migrated(server)) {
            ExecutorService threads = Executors.newFixedThreadPool(THREADS);
            List<Future<?>> running = new ArrayList<>();
            for (int worker = 0; worker < 2; worker++) {
                StoredTrail trail = StoredTrail.unsealed(new PostgresTrailStore(database.worker()), Clock.systemUTC());
                for (int thread = 0; thread < THREADS / 2; thread++) {
                    String name = "event_" + worker + "_" + thread;
                    running.add(threads.submit(() -> appendUntilStopped(trail, name)));
                }
            }
            for (int kill = 0; kill < Integer.getInteger("audit.kills", 4) / 2; kill++) {
                awaitPromises(1 + random.nextInt(300));
                server.kill();
                server.start();
            }
            awaitPromises(100);
            stopped.set(true);
            for (Future<?> each : running) {
                var unused = each.get();
            }
            threads.shutdown();

            List<String> lines = database.lines();
            assertThat(brokenLinks(lines)).isEmpty();
            assertThat(promised)
                    .allSatisfy(entry ->
                            assertThat(lines.get((int) entry.sequence() - 1)).contains("\"" + entry.event() + "\""));
            List<String> events = lines.stream().map(ServerKillTest::event).toList();
            // Nobody need have been refused: an append outlasts a server that is soon back.
            assertThat(events).doesNotHaveDuplicates().noneMatch(Set.copyOf(refused)::contains);
        }
    }

    /** Each event is appended once, whatever comes of it. */
    private void appendUntilStopped(StoredTrail trail, String name) {
        for (int number = 0; !stopped.get(); number++) {
            String event = name + "_" + number;
            try {
                promised.add(trail.append(TrailEntry.of("incident", "run", event, Map.of("key", "value"))));
            } catch (AuditUnavailableException e) {
                // Nobody waits as long for the server as a settlement does, so it always knows.
                assertThat(e).hasMessageNotContaining("is not known");
                refused.add(event);
            }
        }
    }

    private void awaitPromises(int more) {
        int before = promised.size();
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(1))
                .until(() -> promised.size() >= before + more);
    }

    private static List<Integer> brokenLinks(List<String> lines) {
        List<Integer> broken = new ArrayList<>();
        var end = io.k8sincident.activities.audit.chain.ChainEnd.START;
        for (String text : lines) {
            ChainedLine line =
                    ChainedLine.parse(text.getBytes(StandardCharsets.UTF_8)).orElseThrow();
            if (!line.entry().previous().equals(end.hash()) || line.sequence() != end.sequence() + 1) {
                broken.add((int) line.sequence());
            }
            end = line.end();
        }
        return broken;
    }

    private static String event(String line) {
        return ChainedLine.parse(line.getBytes(StandardCharsets.UTF_8))
                .orElseThrow()
                .entry()
                .event();
    }
}
