package io.k8sincident.worker.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.k8sincident.worker.config.ConfigurationException;
import io.k8sincident.worker.config.Role;
import io.k8sincident.worker.config.WorkerSettings;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterConfigTest {
    private static final String KUBECONFIG = """
            apiVersion: v1
            kind: Config
            current-context: one
            clusters:
            - name: one
              cluster: {server: "https://127.0.0.1:1111"}
            - name: two
              cluster: {server: "https://127.0.0.1:2222"}
            users:
            - name: me
              user: {token: t}
            contexts:
            - name: one
              context: {cluster: one, user: me}
            - name: two
              context: {cluster: two, user: me}
            """;

    @TempDir
    private Path directory;

    @Test
    void usesTheCurrentContext() throws Exception {
        assertThat(find(file(KUBECONFIG), null)).startsWith("https://127.0.0.1:1111");
    }

    @Test
    void usesTheNamedContext() throws Exception {
        assertThat(find(file(KUBECONFIG), "two")).startsWith("https://127.0.0.1:2222");
    }

    @Test
    void usesTheFirstOfAListThatExists() throws Exception {
        assertThat(find("/nowhere/config" + File.pathSeparator + file(KUBECONFIG), null))
                .startsWith("https://127.0.0.1:1111");
    }

    @Test
    void refusesAContextThatIsNotThere() throws Exception {
        String file = file(KUBECONFIG);

        assertThatThrownBy(() -> find(file, "three"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("it has no context three")
                .hasMessageContaining("kubectl config get-contexts");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not: [a kubeconfig", "- 1\n- 2\n", "apiVersion: v1\nkind: Config\n"})
    void refusesAMalformedFileInOneLine(String content) throws Exception {
        String file = file(content);

        assertThatThrownBy(() -> find(file, null))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(file)
                .message()
                .doesNotContain("\n");
    }

    @Test
    void saysWhatToDoWhereThereIsNoClusterAtAll() {
        assertThatThrownBy(() -> ClusterConfig.find(settings(null, null), Map.of("HOME", directory.toString())))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("incident up");
    }

    private String file(String content) throws Exception {
        return Files.writeString(directory.resolve("config"), content).toString();
    }

    private static String find(String kubeconfig, @Nullable String context) {
        return ClusterConfig.find(settings(kubeconfig, context), Map.of()).getMasterUrl();
    }

    private static WorkerSettings settings(@Nullable String kubeconfig, @Nullable String context) {
        return new WorkerSettings(
                "local", "target/runs", null, kubeconfig, context, Set.of(Role.READER), Duration.ZERO, null, false);
    }
}
