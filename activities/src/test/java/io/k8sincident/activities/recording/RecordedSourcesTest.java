package io.k8sincident.activities.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.k8sincident.activities.evidence.ClusterException;
import io.k8sincident.activities.evidence.Gap;
import io.k8sincident.activities.evidence.Resource;
import io.k8sincident.activities.evidence.Scope;
import io.k8sincident.activities.evidence.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code --from} takes. */
class RecordedSourcesTest {
    private static final String META = "{\"recordedAt\": \"2026-03-01T12:00:00Z\"}";
    private static final String POD = "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":"
            + "{\"name\":\"p\",\"namespace\":\"demo\",\"creationTimestamp\":\"2026-03-01T11:00:00Z\"},"
            + "\"status\":{\"startTime\":\"2026-03-01T11:00:07Z\"}}";
    private static final String OBJECTS = "{\"kind\":\"List\",\"apiVersion\":\"v1\",\"items\":[" + POD + "]}";

    @TempDir
    Path folder;

    @Test
    void takesARecording() throws IOException {
        write("r/meta.json", META);
        write("r/objects.json", OBJECTS);

        assertThat(names("r")).containsExactly(folder.resolve("r").toString());
    }

    @Test
    void takesTheLateRecordingOfAScenario() throws IOException {
        recording("s/recording");
        recording("s/recording-early");

        assertThat(names("s")).containsExactly(folder.resolve("s").toString());
    }

    @Test
    void takesAFolderOfSeveral() throws IOException {
        recording("set/b");
        recording("set/a/recording");
        write("set/README.md", "none");

        assertThat(names("set"))
                .containsExactly(
                        folder.resolve("set/a").toString(),
                        folder.resolve("set/b").toString());
    }

    @Test
    void takesAnArchiveOfOneUnderItsOwnName() throws IOException {
        Path archive = folder.resolve("case.tgz");
        try (Tarballs tar = new Tarballs(archive)) {
            tar.file("recording/meta.json", META).file("recording/objects.json", OBJECTS);
        }

        assertThat(names("case.tgz")).containsExactly(archive.toString());
    }

    @Test
    void takesAnArchiveOfSeveral() throws IOException {
        Path archive = folder.resolve("all.tar.gz");
        try (Tarballs tar = new Tarballs(archive)) {
            tar.file("x/a/meta.json", META)
                    .file("x/a/objects.json", OBJECTS)
                    .file("x/b/meta.json", META)
                    .file("x/b/objects.json", OBJECTS);
        }

        assertThat(names("all.tar.gz")).containsExactly(archive + ":x/a", archive + ":x/b");
    }

    @Test
    void anArchiveOfARecordingIsReadAsTheFolderIs() throws IOException {
        recording("r");
        Snapshot read = take("r").get(0);
        new RecordingWriter(folder.resolve("r.tar.gz"), false).write(read, "");

        assertThat(take("r.tar.gz").get(0).objects())
                .extracting(Resource::kindName)
                .containsExactly("Pod/p");
    }

    @Test
    void namesAFileInAnArchiveByItsPlaceThere() throws IOException {
        Path archive = folder.resolve("case.tar.gz");
        try (Tarballs tar = new Tarballs(archive)) {
            tar.file("r/meta.json", META).file("r/objects.json", "{\"items\": [\n  {\"kind\" 3");
        }

        assertThatThrownBy(() -> take("case.tar.gz"))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining(archive + ":r/objects.json")
                .hasMessageContaining("line 2, column")
                .hasMessageContaining("nothing was changed");
    }

    @Test
    void aRecordingWithoutObjectsIsNamed() throws IOException {
        write("r/meta.json", META);

        assertThatThrownBy(() -> take("r")).hasMessageContaining("objects.json").hasMessageContaining("does not exist");
    }

    @Test
    void anEmptyFolderIsNamed() throws IOException {
        Files.createDirectory(folder.resolve("empty"));

        assertThatThrownBy(() -> take("empty"))
                .hasMessageContaining("nothing below the folder")
                .hasMessageContaining("nothing was changed");
    }

    @Test
    void aPathThatDoesNotExistIsNamed() {
        assertThatThrownBy(() -> take("none")).hasMessageContaining("none does not exist");
    }

    @Test
    void foreignKindsAreLeftOutAndCounted() throws IOException {
        write("r/meta.json", META);
        write(
                "r/objects.json",
                "{\"items\":[" + POD + ",{\"apiVersion\":\"example.com/v1\",\"kind\":\"Pod\","
                        + "\"metadata\":{\"name\":\"q\",\"namespace\":\"demo\"}}]}");

        Snapshot snapshot = take("r").get(0);

        assertThat(snapshot.objects()).extracting(Resource::name).containsExactly("p");
        assertThat(snapshot.gaps()).extracting(Gap::what).containsExactly("1 object of kind Pod (example.com/v1)");
        assertThat(snapshot.complete("Pod")).isTrue();
    }

    @Test
    void anObjectOfAbsurdSizeIsLeftOutAndTheRestIsRead() throws IOException {
        write("r/meta.json", META);
        String large = POD.replace("\"p\"", "\"large\"")
                .replace(
                        "\"status\":{",
                        "\"status\":{\"message\":\"" + "x".repeat(ObjectCollector.LARGEST_OBJECT) + "\",");
        write("r/objects.json", "{\"items\":[" + large + "," + POD + "]}");

        Snapshot snapshot = take("r").get(0);

        assertThat(snapshot.objects()).extracting(Resource::name).containsExactly("p");
        assertThat(snapshot.gaps())
                .extracting(Gap::why)
                .singleElement()
                .asString()
                .contains("bytes, at most");
    }

    @Test
    void doesNotFollowALinkOutOfADump() throws IOException {
        write("dump/nodes.json", "{\"kind\":\"NodeList\",\"apiVersion\":\"v1\",\"items\":[]}");
        write("dump/demo/pods.json", OBJECTS);
        write("outside/secret.json", OBJECTS.replace("\"p\"", "\"outside\""));
        Files.createSymbolicLink(folder.resolve("dump/demo/more.json"), folder.resolve("outside/secret.json"));
        Files.createSymbolicLink(folder.resolve("dump/other"), folder.resolve("outside"));

        assertThat(take("dump").get(0).objects()).extracting(Resource::name).containsExactly("p");
    }

    private void recording(String path) throws IOException {
        write(path + "/meta.json", META);
        write(path + "/objects.json", OBJECTS);
    }

    private List<String> names(String path) {
        return take(path).stream().map(Snapshot::source).toList();
    }

    private List<Snapshot> take(String path) {
        try (RecordedSources sources = RecordedSources.open(folder.resolve(path))) {
            return sources.all().stream()
                    .map(source -> source.take(Scope.everything()))
                    .toList();
        }
    }

    private void write(String file, String content) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent() == null ? folder : path.getParent());
        Files.writeString(path, content);
    }
}
