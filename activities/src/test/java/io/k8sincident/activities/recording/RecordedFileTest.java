package io.k8sincident.activities.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.k8sincident.activities.evidence.ClusterException;
import io.k8sincident.activities.evidence.Resource;
import io.k8sincident.activities.evidence.Scope;
import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.activities.testing.FaultRow;
import io.k8sincident.workflows.model.Target;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One file of {@code --from}: what kubectl wrote, as JSON or YAML, and what cannot be one. */
@FaultRow("malformed recording")
class RecordedFileTest {
    private static final String POD = "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":"
            + "{\"name\":\"p\",\"namespace\":\"demo\",\"creationTimestamp\":\"2026-03-01T11:00:00Z\"},"
            + "\"status\":{\"startTime\":\"2026-03-01T11:00:07Z\"}}";
    private static final String OBJECTS = "{\"kind\":\"List\",\"apiVersion\":\"v1\",\"items\":[" + POD + "]}";

    @TempDir
    Path folder;

    @Test
    void takesWhatKubectlGetWrote() throws IOException {
        write("pods.json", OBJECTS);

        Snapshot snapshot = take("pods.json").get(0);

        assertThat(snapshot.objects()).extracting(Resource::kindName).containsExactly("Pod/p");
        assertThat(snapshot.takenAt()).isEqualTo("2026-03-01T11:00:07Z");
        assertThat(snapshot.complete("Pod")).isTrue();
        assertThat(snapshot.complete("ConfigMap")).isFalse();
    }

    @Test
    void oneObjectSaysNothingOfTheOthersOfItsKind() throws IOException {
        write("pod.json", POD);

        assertThat(take("pod.json").get(0).complete("Pod")).isFalse();
    }

    @Test
    void takesYaml() throws IOException {
        write("pods.yaml", """
                apiVersion: v1
                items:
                - apiVersion: v1
                  kind: Pod
                  metadata: {name: p, namespace: demo, creationTimestamp: "2026-03-01T11:00:00Z"}
                kind: List
                """);

        assertThat(take("pods.yaml").get(0).find("Pod", "demo", "p")).isPresent();
    }

    @Test
    void brokenYamlIsNamedWithItsPlace() throws IOException {
        write("pods.yaml", "kind: List\nitems:\n- {kind: Pod");

        assertThatThrownBy(() -> take("pods.yaml"))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("pods.yaml")
                .hasMessageContaining("line 3, column");
    }

    @Test
    void yamlThatMultipliesItselfIsRefused() throws IOException {
        write("bomb.yaml", "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n");

        assertThatThrownBy(() -> take("bomb.yaml")).hasMessageContaining("bomb.yaml");
    }

    @Test
    void deepNestingIsRefused() throws IOException {
        write("deep.yaml", "[".repeat(50_000));
        write("deep.json", "{\"a\":".repeat(50_000));

        assertThatThrownBy(() -> take("deep.yaml")).isInstanceOf(ClusterException.class);
        assertThatThrownBy(() -> take("deep.json"))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("deep.json");
    }

    @Test
    void manifestsAreNoCluster() throws IOException {
        write("m.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\n");

        assertThatThrownBy(() -> take("m.yaml")).hasMessageContaining("not manifests");
    }

    @Test
    void somethingElseIsNamed() throws IOException {
        write("notes.txt", "- just\n- notes\n");

        assertThatThrownBy(() -> take("notes.txt")).hasMessageContaining("holds no object of Kubernetes");
    }

    @Test
    void moreThanCanBeReadIsRefusedBeforeItIsRead() throws IOException {
        try (RandomAccessFile sparse =
                new RandomAccessFile(folder.resolve("huge.json").toFile(), "rw")) {
            sparse.setLength(500L << 20);
        }

        assertThatThrownBy(() -> take("huge.json"))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("has 524288000 bytes; at most")
                .hasMessageContaining("give fewer namespaces");
    }

    @Test
    void takesAKindListWhoseElementsDoNotSayWhatTheyAre() throws IOException {
        write(
                "pods.json",
                "{\"items\":[" + POD.replace("\"apiVersion\":\"v1\",\"kind\":\"Pod\",", "")
                        + "],\"kind\":\"PodList\",\"apiVersion\":\"v1\"}");

        assertThat(take("pods.json").get(0).find("Pod", "demo", "p")).isPresent();
    }

    @Test
    void findsATargetInADump() throws IOException {
        write("pods.json", OBJECTS);
        Scope scope = Scope.of(new Target("v1", "Pod", "demo", "gone", null));

        try (RecordedSources sources = RecordedSources.open(folder.resolve("pods.json"))) {
            assertThatThrownBy(() -> sources.all().get(0).take(scope)).hasMessageContaining("demo/pod/gone");
        }
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
