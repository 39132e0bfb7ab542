package io.k8sincident.activities.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.evidence.ContainerLog;
import io.k8sincident.activities.evidence.Gap;
import io.k8sincident.activities.evidence.Resource;
import io.k8sincident.activities.evidence.Scope;
import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.activities.evidence.Snapshots;
import io.k8sincident.activities.redaction.Redactor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingWriterTest {
    private static final Instant AT = Instant.parse("2026-03-01T12:00:00.123456789Z");

    @TempDir
    Path folder;

    @Test
    void isReadBackAsTheSameSnapshot() {
        Snapshot snapshot = snapshot(
                List.of(pod("demo", "p"), secret()),
                List.of(
                        new ContainerLog("demo", "p", "app", false, "hello\n", null),
                        new ContainerLog(
                                "demo", "p", "app", true, "", "previous terminated container \"app\" not found"),
                        new ContainerLog("demo", "p", "init", false, "", "503 Service Unavailable")));

        assertRoundTrip(snapshot);
    }

    @Test
    void tellsPodsOfOneNameInTwoNamespacesApart() {
        Snapshot snapshot = snapshot(
                List.of(pod("a", "p"), pod("b", "p")),
                List.of(
                        new ContainerLog("a", "p", "app", false, "of a\n", null),
                        new ContainerLog("b", "p", "app", false, "of b\n", null),
                        new ContainerLog("b", "p", "app", true, "", "no such log")));

        assertRoundTrip(snapshot);
    }

    @Test
    void writesATarballThatHoldsOneFolder() {
        Path file = folder.resolve("case.tar.gz");

        new RecordingWriter(file, false).write(snapshot(List.of(pod("demo", "p")), List.of()), "v1.36.2");

        assertThat(file).isRegularFile();
        assertThat(entries(folder)).containsExactly("case.tar.gz");
    }

    @Test
    void theSameSnapshotGivesTheSameBytes() throws IOException {
        Snapshot snapshot = snapshot(List.of(pod("demo", "p")), List.of());
        new RecordingWriter(folder.resolve("a.tgz"), false).write(snapshot, "v1.36.2");
        new RecordingWriter(folder.resolve("b.tgz"), false).write(snapshot, "v1.36.2");

        assertThat(Files.readAllBytes(folder.resolve("a.tgz"))).isEqualTo(Files.readAllBytes(folder.resolve("b.tgz")));
    }

    @Test
    void writesNoValueOfASecret() throws IOException {
        new RecordingWriter(folder.resolve("r"), false).write(snapshot(List.of(secret()), List.of()), "");

        assertThat(Files.readString(folder.resolve("r/objects.json"), StandardCharsets.UTF_8))
                .contains("token")
                .doesNotContain("c2VjcmV0", "managedFields", "last-applied-configuration");
    }

    @Test
    void leavesWhatIsThereAlone() throws IOException {
        Files.writeString(Files.createDirectory(folder.resolve("r")).resolve("mine"), "mine");

        assertThatThrownBy(() -> new RecordingWriter(folder.resolve("r"), false).check())
                .hasMessageContaining("nothing was written")
                .hasMessageContaining("--force");
        assertThatThrownBy(() -> new RecordingWriter(folder.resolve("r"), true).check())
                .hasMessageContaining("no recording");
        assertThat(folder.resolve("r/mine")).hasContent("mine");
    }

    @Test
    void replacesARecordingWhenTold() throws IOException {
        RecordingWriter writer = new RecordingWriter(folder.resolve("r"), true);
        writer.write(snapshot(List.of(pod("demo", "old")), List.of()), "");

        writer.write(snapshot(List.of(pod("demo", "new")), List.of()), "");

        assertThat(read("r").objects()).extracting(Resource::name).containsExactly("new");
        assertThat(entries(folder)).containsExactly("r");
    }

    @Test
    void leavesNothingBehindWhenTheDiskRefuses() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(
                        () -> new RecordingWriter(file.resolve("r"), false).write(snapshot(List.of(), List.of()), ""))
                .hasMessageContaining("nothing was written");
        assertThat(entries(folder)).containsExactly("file");
    }

    @Test
    void aNameThatWouldLeaveTheFolderIsAGapAndNoFile() {
        Snapshot snapshot = snapshot(
                List.of(pod("demo", "p")), List.of(new ContainerLog("demo", "../../p", "app", false, "x", null)));

        new RecordingWriter(folder.resolve("r"), false).write(snapshot, "");

        assertThat(read("r").gaps()).extracting(Gap::what).anyMatch(what -> what.contains("../../p"));
        assertThat(entries(folder)).containsExactly("r");
    }

    private void assertRoundTrip(Snapshot snapshot) {
        new RecordingWriter(folder.resolve("r"), false).write(snapshot, "v1.36.2");

        assertThat(text(read("r"))).isEqualTo(text(snapshot));
    }

    /** All but where it came from. */
    private static String text(Snapshot snapshot) {
        return new String(
                Snapshots.toBytes(
                        new Snapshot("", snapshot.takenAt(), snapshot.objects(), snapshot.logs(), snapshot.gaps())),
                StandardCharsets.UTF_8);
    }

    private Snapshot read(String name) {
        return new RecordedSource(folder.resolve(name)).take(Scope.everything());
    }

    private static List<String> entries(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(path -> path.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Snapshot snapshot(List<Resource> objects, List<ContainerLog> logs) {
        return new Snapshot(
                "test/demo",
                AT,
                objects,
                logs,
                List.of(new Gap("Event", "events in demo", "403", "kubectl get events")));
    }

    private static Resource pod(String namespace, String name) {
        return object("{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"" + name + "\",\"namespace\":\""
                + namespace + "\",\"uid\":\"" + namespace + name
                + "\"},\"spec\":{\"n\":0.1,\"m\":12345678901234567890}}");
    }

    private static Resource secret() {
        return object("""
                {"apiVersion":"v1","kind":"Secret","metadata":{"name":"s","namespace":"demo","managedFields":[],
                 "annotations":{"kubectl.kubernetes.io/last-applied-configuration":"c2VjcmV0"}},
                 "data":{"token":"c2VjcmV0"}}""");
    }

    private static Resource object(String json) {
        try {
            return Resource.of(Redactor.object((ObjectNode) new ObjectMapper().readTree(json)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
