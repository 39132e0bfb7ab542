package io.k8sincident.activities.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.k8sincident.activities.evidence.ClusterException;
import io.k8sincident.activities.evidence.ContainerLog;
import io.k8sincident.activities.evidence.Scope;
import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.workflows.model.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedSourceTest {
    @TempDir
    Path scenario;

    private Path recording;

    @BeforeEach
    void aRecording() throws IOException {
        recording = Files.createDirectories(scenario.resolve("recording"));
        write("meta.json", "{\"recordedAt\": \"2026-03-01T12:00:00Z\"}");
        write("objects.json", """
                {"kind": "List", "items": [
                  {"kind": "Pod", "apiVersion": "v1", "metadata": {"name": "p", "namespace": "demo", "uid": "1"}},
                  {"kind": "Secret", "apiVersion": "v1", "metadata": {"name": "s", "namespace": "demo"},
                   "data": {"token": "c2VjcmV0"}},
                  3]}""");
        write("logs/p/app.log", "hello\n");
    }

    @Test
    void aScenarioFolderStandsForItsRecording() {
        assertThat(take(scenario).objects()).hasSize(2);
        assertThat(take(scenario).takenAt()).isEqualTo("2026-03-01T12:00:00Z");
    }

    @Test
    void isNamedAfterThePathAsGiven() {
        assertThat(take(recording).source()).isEqualTo(recording.toString());
    }

    @Test
    void dropsTheValuesOfSecretsAndKeepsTheirKeys() {
        Snapshot snapshot = take(recording);

        var secret = snapshot.find("Secret", "demo", "s").orElseThrow();
        assertThat(secret.fields().names("data")).containsExactly("token");
        assertThat(secret.fields().text("data", "token")).isEmpty();
    }

    @Test
    void anElementThatIsNoObjectIsAGap() {
        assertThat(take(recording).gaps()).hasSize(1);
    }

    @Test
    void readsLogs() {
        assertThat(take(recording).log("demo", "p", "app", false))
                .get()
                .extracting(ContainerLog::text)
                .isEqualTo("hello\n");
    }

    @Test
    void theKubeletsAnswerInPlaceOfALogIsAnError() throws IOException {
        write("logs/p/app.previous.log", "unable to retrieve container logs for containerd://abc");

        ContainerLog log = take(recording).log("demo", "p", "app", true).orElseThrow();

        assertThat(log.text()).isEmpty();
        assertThat(log.error()).startsWith("unable to retrieve container logs");
    }

    @Test
    void keepsTheEndOfALongLog() throws IOException {
        write("logs/p/app.log", "start\n" + "line\n".repeat(20_000) + "the end\n");

        String text =
                take(recording).log("demo", "p", "app", false).orElseThrow().text();

        assertThat(text)
                .hasSizeLessThanOrEqualTo(ContainerLog.LONGEST_BYTES)
                .endsWith("the end\n")
                .doesNotContain("start");
    }

    @Test
    void refusedKindsAreGaps() throws IOException {
        write("meta.json", "{\"recordedAt\": \"2026-03-01T12:00:00Z\", \"refused\": {\"configmaps\": \"403\"}}");

        assertThat(take(recording).complete("ConfigMap")).isFalse();
        assertThat(take(recording).complete("Secret")).isTrue();
    }

    @Test
    void doesNotFollowLinksOutOfTheFolder() throws IOException {
        Path outside = Files.writeString(scenario.resolve("outside.log"), "outside\n");
        Files.createSymbolicLink(recording.resolve("logs/p/link.log"), outside);

        assertThat(take(recording).log("demo", "p", "link", false)).isEmpty();
    }

    @Test
    void aTruncatedFileIsNamedWithTheOffset() throws IOException {
        write("objects.json", "{\"kind\": \"List\", \"items\": [{\"kind\": \"Po");

        assertThatThrownBy(() -> take(recording))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("objects.json")
                .hasMessageContaining("at byte")
                .hasMessageContaining("nothing was changed");
    }

    @Test
    void aFolderWithoutARecordingIsNamed() {
        assertThatThrownBy(() -> take(scenario.resolve("nothing")))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("nothing")
                .hasMessageContaining("give the path");
    }

    @Test
    void aRecordingWithoutATimeIsNamed() throws IOException {
        write("meta.json", "{}");

        assertThatThrownBy(() -> take(recording))
                .hasMessageContaining("meta.json")
                .hasMessageContaining("recordedAt");
    }

    @Test
    void aTargetThatIsNotInItIsNamed() {
        Scope scope = Scope.of(Target.deployment("demo", "gone"));

        assertThatThrownBy(() -> new RecordedSource(recording).take(scope))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("demo/deployment/gone");
    }

    private static Snapshot take(Path folder) {
        return new RecordedSource(folder).take(Scope.everything());
    }

    private void write(String file, String content) throws IOException {
        Path path = recording.resolve(file);
        Path parent = path.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Files.writeString(path, content);
    }
}
