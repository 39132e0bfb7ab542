package io.k8sincident.activities.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.kubernetes.ClusterWriter;
import io.k8sincident.activities.testing.Crashy;
import io.k8sincident.activities.testing.FaultyApi;
import io.k8sincident.activities.testing.StoreBackend;
import io.k8sincident.scenarios.matrix.FaultMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whatever happens in whatever order, a write is on the wire exactly if the contract allows it. How many orders are tried
 * is the system property {@code interleavings}; a failure names the seed and what was done.
 */
@Tag("fault")
@Timeout(value = 50, unit = TimeUnit.MINUTES)
class InterleavingTest {
    private static final int ORDERS = Integer.getInteger("interleavings", 400);
    private static final long SEED = 20261128;
    /** Each with a cluster of its own. */
    private static final int LANES = 2;

    private record Counts(int writes, int unapproved, List<String> wrong) {}

    @Test
    void writesExactlyWhatTheContractAllows() throws Exception {
        ExecutorService lanes = Executors.newFixedThreadPool(LANES);
        List<Future<Counts>> running = new ArrayList<>();
        for (int lane = 0; lane < LANES; lane++) {
            running.add(lanes.submit(lane(lane)));
        }
        lanes.shutdown();
        int writes = 0;
        int unapproved = 0;
        List<String> wrong = new ArrayList<>();
        for (Future<Counts> each : running) {
            Counts counts = each.get();
            writes += counts.writes();
            unapproved += counts.unapproved();
            wrong.addAll(counts.wrong());
        }

        FaultMatrix.add(
                "random interleavings of approve, edit, expire, freeze, reset, kill and lost answers",
                ORDERS + " orders, " + writes + " writes sent",
                FaultMatrix.NOT_COUNTED,
                FaultMatrix.NOT_COUNTED,
                unapproved);
        assertThat(wrong).isEmpty();
        assertThat(writes).isGreaterThan(ORDERS / 20);
    }

    private static Callable<Counts> lane(int first) {
        return () -> {
            int writes = 0;
            int unapproved = 0;
            List<String> wrong = new ArrayList<>();
            StoreBackend store = Crashy.store();
            try (FaultyApi api = new FaultyApi(store);
                    var client = ClusterWriter.connect(api.config())) {
                for (int order = first; order < ORDERS; order += LANES) {
                    Interleaving interleaving = new Interleaving(SEED + order, store, api, client);
                    interleaving.run();
                    writes += interleaving.writes();
                    unapproved += interleaving.unapproved();
                    wrong.addAll(interleaving.wrong());
                }
            }
            return new Counts(writes, unapproved, wrong);
        };
    }
}
