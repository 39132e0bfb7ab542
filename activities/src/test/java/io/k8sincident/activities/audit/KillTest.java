package io.k8sincident.activities.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.k8sincident.activities.audit.verify.Verdict;
import io.k8sincident.activities.testing.FaultRow;
import io.k8sincident.activities.testing.TestJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 of real processes that append to one trail. {@code -Daudit.kills=…} for another number than four. */
@FaultRow("worker killed while it appends to the trail in files")
class KillTest {
    private static final long SEED = 20_261_128;

    @TempDir
    Path directory = Path.of("");

    @Test
    void losesNoRecordThatWasPromised() throws IOException, InterruptedException {
        TrailFixture trail = new TrailFixture(directory);
        Random random = new Random(SEED);
        List<String> promised = new ArrayList<>();
        for (int kill = 0; kill < Integer.getInteger("audit.kills", 4); kill++) {
            int number = kill;
            // Every other time two at once.
            Map<Process, Path> told = new LinkedHashMap<>();
            for (int i = 0; i <= kill % 2; i++) {
                Path output = directory.resolve("kill" + kill + "-" + i);
                told.put(start("kill" + kill + "_" + i, output), output);
            }
            int patience = 1 + random.nextInt(120);
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> Files.readAllLines(directory.resolve("kill" + number + "-0"))
                                    .size()
                            >= patience);
            for (Map.Entry<Process, Path> process : told.entrySet()) {
                process.getKey().destroyForcibly();
                var unused = process.getKey().waitFor();
                promised.addAll(Files.readAllLines(process.getValue()));
            }

            Verdict verdict = trail.verify();

            assertThat(verdict.flaw()).as("after kill %s", kill).isNull();
        }
        List<String> lines = trail.lines();
        for (String line : promised) {
            String[] told = line.split(" ", -1);
            if (told.length == 2) {
                assertThat(lines.get(Integer.parseInt(told[0]) - 1)).contains("\"" + told[1] + "\"");
            }
        }
        trail.append(1, 1);
        assertThat(trail.verify().notes()).isEmpty();
        assertThat(promised).hasSizeGreaterThan(100);
    }

    private Process start(String name, Path output) throws IOException {
        return TestJvm.of(AppendingProcess.class, directory.toString(), name)
                .redirectOutput(output.toFile())
                .start();
    }
}
