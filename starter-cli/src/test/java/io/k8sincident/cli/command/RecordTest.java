package io.k8sincident.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.activities.recording.RecordedSource;
import io.k8sincident.cli.CommandRun;
import io.k8sincident.cli.CommandRun.Result;
import io.k8sincident.cli.FakeCluster;
import io.k8sincident.cli.NoServers;
import io.k8sincident.cli.cluster.ClusterChoice;
import io.k8sincident.cli.cluster.ClusterConnection;
import io.k8sincident.cli.temporal.TemporalConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recording a cluster that says what a recording said. */
class RecordTest {
    private static final Path BROKEN = Path.of("src/test/resources/recordings/broken");

    @TempDir
    Path folder;

    private final AtomicInteger reads = new AtomicInteger();
    private final CommandRun incident = new CommandRun(new OneCluster());

    @Test
    void writesAFolderThatTriageUnderstands() throws IOException {
        Path to = folder.resolve("case");

        Result result = incident.run("record", "-n", "demo", "--to", to.toString());

        assertThat(result.code()).isZero();
        assertThat(result.out()).isEqualTo(to + "\n");
        assertThat(new ObjectMapper()
                        .readTree(to.resolve("meta.json").toFile())
                        .path("kubernetesVersion")
                        .asText())
                .isEqualTo("v1.36.2");
        assertThat(incident.run("triage", "--from", to.toString(), "-o", "name").out())
                .isEqualTo("demo/deployment/web\n");
    }

    @Test
    void doesNotOverwriteAndSaysSo() throws IOException {
        Path to = Files.createDirectory(folder.resolve("case"));

        Result result = incident.run("record", "-A", "--to", to.toString());

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains(to + " exists", "nothing was written", "--force");
        assertThat(reads).hasValue(0);
    }

    @Test
    void refusesAWorkloadInAllNamespaces() {
        Result result = incident.run(
                "record", "deployment/web", "-A", "--to", folder.resolve("x").toString());

        assertThat(result.code()).isEqualTo(2);
    }

    @Test
    void wantsAPath() {
        assertThat(incident.run("record", "-n", "demo").code()).isEqualTo(2);
    }

    private final class OneCluster implements Connections {
        @Override
        public TemporalConnection temporal() {
            return new NoServers().temporal();
        }

        @Override
        public ClusterConnection cluster(ClusterChoice choice) {
            return new FakeCluster(scope -> {
                reads.incrementAndGet();
                Snapshot recorded = new RecordedSource(BROKEN).take(scope);
                return recorded;
            });
        }
    }
}
