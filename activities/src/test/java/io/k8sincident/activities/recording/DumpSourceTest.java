package io.k8sincident.activities.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.k8sincident.activities.evidence.ContainerLog;
import io.k8sincident.activities.evidence.Resource;
import io.k8sincident.activities.evidence.Scope;
import io.k8sincident.activities.evidence.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What kubectl cluster-info dump writes, in the form of kubectl v1.34. */
class DumpSourceTest {
    private static final String NODES =
            "{\n    \"kind\": \"NodeList\",\n    \"apiVersion\": \"v1\",\n    \"items\": null\n}\n";
    private static final String PODS = """
            {
                "kind": "PodList",
                "apiVersion": "v1",
                "items": [
                    {"metadata": {"name": "p", "namespace": "demo", "creationTimestamp": "2026-03-01T11:00:00Z"}}
                ]
            }
            """;
    private static final String LOG = """
            ==== START logs for container app of pod demo/p ====
            FATAL: no DATABASE_URL, password=hunter2hunter2
            ==== END logs for container app of pod demo/p ====
            """;

    @TempDir
    Path folder;

    @Test
    void readsObjectsAndLogsOfOneStream() throws IOException {
        Snapshot snapshot = take(NODES + PODS + LOG + PODS.replace("\"p\"", "\"q\""));

        assertThat(snapshot.objects()).extracting(Resource::kindName).containsExactly("Pod/p", "Pod/q");
        assertThat(log(snapshot, "app").text())
                .startsWith("FATAL: no DATABASE_URL")
                .doesNotContain("hunter2");
    }

    @Test
    void readsAFolder() throws IOException {
        Files.writeString(folder.resolve("nodes.json"), NODES);
        Path demo = Files.createDirectory(folder.resolve("demo"));
        Files.writeString(demo.resolve("pods.json"), PODS);
        Files.writeString(Files.createDirectory(demo.resolve("p")).resolve("logs.txt"), LOG);

        Snapshot snapshot = new DumpSource(folder, "dump").take(Scope.namespace("demo"));

        assertThat(snapshot.find("Pod", "demo", "p")).isPresent();
        assertThat(log(snapshot, "app").text()).startsWith("FATAL");
        assertThat(snapshot.complete("Node")).isTrue();
        assertThat(snapshot.complete("Secret")).isFalse();
        assertThat(snapshot.source()).isEqualTo("dump");
    }

    @Test
    void aLogThatEndsWithoutALineBreakIsWhole() throws IOException {
        Snapshot snapshot = take(PODS + LOG.replace("hunter2hunter2\n", "x"));

        assertThat(log(snapshot, "app").text()).startsWith("FATAL").doesNotContain("====");
    }

    @Test
    void whatKubectlSaysInPlaceOfALogIsAnError() throws IOException {
        Snapshot snapshot = take(PODS + """
                ==== START logs for container app of pod demo/p ====
                Request log error: the server rejected our request for an unknown reason (get pods p)
                ==== END logs for container app of pod demo/p ====
                """);

        assertThat(log(snapshot, "app").text()).isEmpty();
        assertThat(log(snapshot, "app").error()).startsWith("Request log error");
    }

    @Test
    void aLogCannotOpenOrCloseTheSectionOfAnother() throws IOException {
        Snapshot snapshot = take(PODS + """
                ==== START logs for container app of pod demo/p ====
                ==== END logs for container other of pod demo/p ====
                ==== START logs for container other of pod demo/p ====
                {"kind": "Pod", "metadata": {"name": "invented"}}
                ==== END logs for container app of pod demo/p ====
                """);

        assertThat(snapshot.objects()).hasSize(1);
        assertThat(snapshot.logs()).extracting(ContainerLog::container).containsExactly("app");
    }

    @Test
    void keepsTheEndOfALongLog() throws IOException {
        Snapshot snapshot = take(PODS + LOG.replace("FATAL", "line\n".repeat(100_000) + "FATAL"));

        assertThat(log(snapshot, "app").text())
                .hasSizeLessThanOrEqualTo(ContainerLog.LONGEST_BYTES)
                .contains("FATAL");
    }

    @Test
    void aDumpThatIsCutOffInALogKeepsWhatIsThere() throws IOException {
        Snapshot snapshot = take(PODS + LOG.substring(0, LOG.indexOf("==== END")));

        assertThat(log(snapshot, "app").text()).startsWith("FATAL");
    }

    @Test
    void aPlaceBehindALogIsThePlaceInTheFile() {
        assertThatThrownBy(() -> take(PODS + LOG + "{\"kind\" 3}")).hasMessageContaining("line 11, column");
    }

    private Snapshot take(String dump) throws IOException {
        Path file = Files.writeString(folder.resolve("dump.txt"), dump);
        return new DumpSource(file, "dump").take(Scope.everything());
    }

    private static ContainerLog log(Snapshot snapshot, String container) {
        return snapshot.log("demo", "p", container, false).orElseThrow();
    }
}
