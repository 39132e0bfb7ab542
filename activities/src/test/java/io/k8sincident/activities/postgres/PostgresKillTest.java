package io.k8sincident.activities.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.k8sincident.activities.audit.AppendingProcess;
import io.k8sincident.activities.testing.FaultRow;
import io.k8sincident.activities.testing.TestJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 of two real processes that append to one trail in a database, with one key. */
@FaultRow("worker killed while it appends to the trail in PostgreSQL")
class PostgresKillTest {
    private static final long SEED = 20_261_128;

    @TempDir
    private Path directory = Path.of("");

    @RegisterExtension
    final MigratedDatabase database = new MigratedDatabase();

    @Test
    void twoProcessesMakeOneChainAndLoseNothing() throws Exception {
        PostgresTrailFixture trail = new PostgresTrailFixture(database.get(), directory);
        trail.append(1, 1);
        Random random = new Random(SEED);
        List<String> promised = new ArrayList<>();
        for (int kill = 0; kill < Integer.getInteger("audit.kills", 2) / 2; kill++) {
            List<Process> processes = new ArrayList<>();
            List<Path> told = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                String name = "kill" + kill + "_" + i;
                told.add(directory.resolve(name));
                processes.add(start(name, directory.resolve(name)));
            }
            int patience = 1 + random.nextInt(120);
            await().atMost(Duration.ofSeconds(90))
                    .until(() -> Files.readAllLines(told.get(0)).size() >= patience
                            && Files.readAllLines(told.get(1)).size() >= patience);
            for (Process process : processes) {
                process.destroyForcibly();
                var unused = process.waitFor();
            }
            for (Path each : told) {
                promised.addAll(Files.readAllLines(each));
            }
            assertThat(trail.verify().flaw()).as("after kill %s", kill).isNull();
        }

        List<String> lines = trail.lines();
        assertThat(promised).hasSizeGreaterThan(10).allSatisfy(line -> {
            String[] parts = line.split(" ", -1);
            if (parts.length == 2) {
                assertThat(lines.get(Integer.parseInt(parts[0]) - 1)).contains("\"" + parts[1] + "\"");
            }
        });
    }

    private Process start(String name, Path output) throws IOException {
        ProcessBuilder builder = TestJvm.of(
                        AppendingProcess.class,
                        directory.toString(),
                        name,
                        database.get().workerAddress().url())
                .redirectOutput(output.toFile());
        database.get().tell(builder);
        return builder.start();
    }
}
