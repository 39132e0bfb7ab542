package io.k8sincident.activities.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.evidence.ClusterException;
import io.k8sincident.activities.evidence.Scope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recordings, dumps and archives that were damaged at random: read, or refused with the place, and nothing else. */
class RecordingFuzzTest {
    private static final int DAMAGES = 1_500;
    private static final String META =
            "{\"recordedAt\": \"2026-03-01T12:00:00Z\", \"kubernetesVersion\": \"v1.34.4\", \"refused\": {\"Secret\": \"403\"}}";
    private static final String POD =
            "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"p\",\"namespace\":\"demo\","
                    + "\"creationTimestamp\":\"2026-03-01T11:00:00Z\"},\"spec\":{\"containers\":[{\"name\":\"app\",\"image\":\"a:1\"}]},"
                    + "\"status\":{\"startTime\":\"2026-03-01T11:00:07Z\"}}";
    private static final String OBJECTS = "{\"kind\":\"List\",\"apiVersion\":\"v1\",\"items\":[" + POD + "]}";
    private static final String YAML = """
            apiVersion: v1
            kind: List
            items:
            - apiVersion: v1
              kind: Pod
              metadata:
                name: p
                namespace: demo
                creationTimestamp: '2026-03-01T11:00:00Z'
              spec:
                containers:
                - {name: app, image: 'a:1'}
            """;

    private final Random random = new Random(20261129);

    @TempDir
    Path folder;

    @Test
    void aDamagedFileOfARecordingIsReadOrRefused() throws IOException {
        Path recording = folder.resolve("r");
        assertReadOrRefused(recording, recording.resolve("objects.json"), recorded(recording));
        assertReadOrRefused(recording, recording.resolve("meta.json"), META.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aDamagedDumpIsReadOrRefused() throws IOException {
        assertReadOrRefused(
                folder.resolve("dump.yaml"), folder.resolve("dump.yaml"), YAML.getBytes(StandardCharsets.UTF_8));
        assertReadOrRefused(
                folder.resolve("dump.json"), folder.resolve("dump.json"), OBJECTS.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aDamagedArchiveIsReadOrRefused() throws IOException {
        Path archive = folder.resolve("case.tgz");
        try (Tarballs tar = new Tarballs(archive)) {
            tar.file("recording/meta.json", META).file("recording/objects.json", OBJECTS);
        }
        assertReadOrRefused(archive, archive, Files.readAllBytes(archive));
    }

    private static byte[] recorded(Path recording) throws IOException {
        Path logs = Files.createDirectories(recording.resolve("logs").resolve("p"));
        Files.writeString(logs.resolve("app.log"), "started\n");
        Files.writeString(recording.resolve("meta.json"), META);
        Files.writeString(recording.resolve("objects.json"), OBJECTS);
        return OBJECTS.getBytes(StandardCharsets.UTF_8);
    }

    private void assertReadOrRefused(Path source, Path file, byte[] whole) throws IOException {
        int read = 0;
        int refused = 0;
        for (int i = 0; i < DAMAGES; i++) {
            Files.write(file, damaged(whole));
            try (RecordedSources sources = RecordedSources.open(source)) {
                sources.all().forEach(each -> each.take(Scope.everything()));
                read++;
            } catch (ClusterException e) {
                assertThat(e).hasMessageContaining(folder.toString());
                refused++;
            }
        }
        Files.write(file, whole);
        assertThat(read).as("read of " + file).isPositive();
        assertThat(refused).as("refused of " + file).isPositive();
    }

    /** With some bytes changed, lost or doubled, or without its end. */
    private byte[] damaged(byte[] whole) {
        byte[] bytes = whole.clone();
        for (int edits = 1 + random.nextInt(4); edits > 0 && bytes.length > 1; edits--) {
            int at = random.nextInt(bytes.length);
            int to = Math.min(bytes.length, at + 1 + random.nextInt(12));
            switch (random.nextInt(5)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] = (byte) "{}[],:\"'\\0-1eE&*!|>%@`#\n".charAt(random.nextInt(24));
                case 2 -> bytes = joined(Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, to, bytes.length));
                case 3 -> bytes = joined(Arrays.copyOf(bytes, to), Arrays.copyOfRange(bytes, at, bytes.length));
                default -> bytes = random.nextInt(8) == 0 ? Arrays.copyOf(bytes, at) : bytes;
            }
        }
        return bytes;
    }

    private static byte[] joined(byte[] start, byte[] end) {
        byte[] all = Arrays.copyOf(start, start.length + end.length);
        System.arraycopy(end, 0, all, start.length, end.length);
        return all;
    }
}
