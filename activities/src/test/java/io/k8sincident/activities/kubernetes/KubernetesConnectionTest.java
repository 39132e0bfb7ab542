package io.k8sincident.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.k8sincident.activities.evidence.ClusterException;
import io.k8sincident.activities.evidence.Scope;
import io.k8sincident.workflows.model.ErrorCode;
import io.k8sincident.workflows.model.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubernetesConnectionTest {
    private static final String SERVER = "https://127.0.0.1:1";

    @TempDir
    Path directory = Path.of(".");

    @Test
    void saysThatThereIsNoKubeconfig() {
        refused(
                () -> KubernetesConnection.open(null, null, Map.of(), directory),
                "There is no kubeconfig",
                "KUBECONFIG");
    }

    @Test
    void namesTheFileThatIsMissing() {
        Path missing = directory.resolve("missing");

        refused(() -> KubernetesConnection.open(missing, null), "There is no kubeconfig " + missing, "--kubeconfig");
    }

    @Test
    void namesFileAndLineOfWhatIsMalformed() throws IOException {
        Path file = write("apiVersion: v1\nkind: Config\nclusters: [}\n");

        refused(() -> KubernetesConnection.open(file, null), file.toString(), "malformed", "line 3");
    }

    @Test
    void namesTheFieldThatIsMissing() throws IOException {
        Path file = write(FakeApiServer.kubeconfig(SERVER).replace("server:", "serverr:"));

        refused(() -> KubernetesConnection.open(file, null), "cluster 'c' has no field server");
    }

    @Test
    void namesTheUserThatIsNotThere() throws IOException {
        Path file = write(FakeApiServer.kubeconfig(SERVER).replace("users: [{name: u", "users: [{name: v"));

        refused(() -> KubernetesConnection.open(file, null), "context 'test' names the user 'u', which is not there");
    }

    @Test
    void listsTheContextsThatExist() throws IOException {
        Path file = write(FakeApiServer.kubeconfig(SERVER));

        refused(() -> KubernetesConnection.open(file, "prod"), "There is no context 'prod'", "It has: test, other");
    }

    @Test
    void refusesCertificatesThatAreNone() throws IOException {
        Path file = write(FakeApiServer.kubeconfig(SERVER)
                .replace("token: t0ken", "client-certificate-data: eHh4, client-key-data: eHh4"));

        refused(() -> KubernetesConnection.open(file, null), "certificates or keys of context 'test'");
    }

    @Test
    void namesTheCertificateFileThatIsMissing() throws IOException {
        Path file = write(FakeApiServer.kubeconfig(SERVER)
                .replace("token: t0ken", "client-certificate: a.crt, client-key: a.key"));

        refused(
                () -> KubernetesConnection.open(file, null),
                directory.resolve("a.key").toString());
    }

    @Test
    void readsTheFilesOfKubeconfigAsOne() throws IOException {
        Path first = write("contexts: []\ncurrent-context: other\n");
        Path second = Files.writeString(directory.resolve("second"), FakeApiServer.kubeconfig(SERVER));
        String both = first + java.io.File.pathSeparator + second;

        try (KubernetesConnection connection =
                KubernetesConnection.open(null, null, Map.of("KUBECONFIG", both), directory)) {
            assertThat(connection.context()).isEqualTo("other");
            assertThat(connection.server()).isEqualTo(SERVER);
        }
    }

    @Test
    void knowsTheNamespaceOfItsContext() throws IOException {
        try (KubernetesConnection connection =
                KubernetesConnection.open(write(FakeApiServer.kubeconfig(SERVER)), null)) {
            assertThat(connection.namespace()).isEqualTo("demo");
        }
    }

    @Test
    void opensWritersThatSendNothingTwice() throws IOException {
        try (KubernetesConnection connection =
                        KubernetesConnection.open(write(FakeApiServer.kubeconfig(SERVER)), null);
                KubernetesClient writer = connection.openWriter()) {
            assertThat(writer.getConfiguration().getRequestRetryBackoffLimit()).isZero();
        }
    }

    @Test
    void sendsTheTokenOfAPlugin() throws IOException {
        try (FakeApiServer server = Crashy.serve()) {
            Path plugin = Files.writeString(
                    directory.resolve("plugin"), "#!/bin/sh\necho '{\"status\":{\"token\":\"from-plugin\"}}'\n");
            assertThat(plugin.toFile().setExecutable(true)).isTrue();
            Path file = write(FakeApiServer.kubeconfig("http://127.0.0.1:" + server.port())
                    .replace("token: t0ken", "exec: {command: ./plugin, apiVersion: client.authentication.k8s.io/v1}"));
            server.on(
                    Crashy.DEPLOYMENT,
                    exchange -> FakeApiServer.json(
                                    200,
                                    Crashy.deployment()
                                            .replace(
                                                    "kept",
                                                    exchange.getRequestHeaders()
                                                            .getFirst("Authorization")
                                                            .replace("Bearer ", "sent ")))
                            .send(exchange));

            try (KubernetesConnection connection = KubernetesConnection.open(file, null)) {
                String note = new LiveSource(connection)
                        .take(Scope.of(Target.deployment("demo", "crashy")))
                        .find("Deployment", "demo", "crashy")
                        .orElseThrow()
                        .annotation("note");
                assertThat(note).isEqualTo("sent from-plugin");
            }
        }
    }

    @Test
    void saysThatAPluginFailed() throws IOException {
        Path file = write(FakeApiServer.kubeconfig(SERVER)
                .replace(
                        "token: t0ken",
                        "exec: {command: no-such-plugin, apiVersion: client.authentication.k8s.io/v1}"));

        assertThatThrownBy(() -> KubernetesConnection.open(file, null))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("credential plugin 'no-such-plugin'");
    }

    private Path write(String content) throws IOException {
        return Files.writeString(directory.resolve("kubeconfig"), content);
    }

    private static void refused(ThrowingCallable open, String... said) {
        assertThatThrownBy(open)
                .isInstanceOfSatisfying(
                        ClusterException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_INPUT))
                .hasMessageContainingAll(said)
                .hasMessageContainingAll("Nothing was read or changed", "Next:");
    }
}
