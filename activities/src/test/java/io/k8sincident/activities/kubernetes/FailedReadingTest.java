package io.k8sincident.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.k8sincident.activities.evidence.ClusterException;
import io.k8sincident.activities.evidence.Scope;
import io.k8sincident.activities.testing.FaultRow;
import io.k8sincident.workflows.model.ErrorCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

/** Without its target nothing can be read: what happened, and what to do next. */
@FaultRow("expired token, 403, no such object, no server, bad TLS at a read")
class FailedReadingTest extends CrashyCluster {
    FailedReadingTest() throws IOException {}

    @Test
    void saysThatThereIsNoSuchTarget() {
        server.on(Crashy.DEPLOYMENT, FakeApiServer.status(404, "NotFound", "no"));

        assertThatThrownBy(this::take)
                .isInstanceOfSatisfying(
                        ClusterException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TARGET_NOT_FOUND))
                .hasMessageContainingAll(
                        "There is no deployment crashy in namespace demo", "Nothing was changed", "Next:");
    }

    @Test
    void saysThatTheTokenHasExpired() {
        server.on(Crashy.DEPLOYMENT, FakeApiServer.status(401, "Unauthorized", "Unauthorized"));

        assertThatThrownBy(this::take)
                .isInstanceOfSatisfying(
                        ClusterException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CLUSTER_FORBIDDEN))
                .hasMessageContainingAll("401 Unauthorized", "expired", "log in again");
    }

    @Test
    void saysThatTheTargetMayNotBeRead() {
        server.on(Crashy.DEPLOYMENT, FakeApiServer.status(403, "Forbidden", "user x cannot get"));

        assertThatThrownBy(this::take)
                .isInstanceOfSatisfying(
                        ClusterException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CLUSTER_FORBIDDEN))
                .hasMessageContaining("user x cannot get");
    }

    @Test
    void saysThatNobodyAnswersAtTheAddress() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Path kubeconfig = directory.resolve("k");
        Files.writeString(kubeconfig, FakeApiServer.kubeconfig("http://127.0.0.1:" + port));

        try (KubernetesConnection connection = KubernetesConnection.open(kubeconfig, null)) {
            assertThatThrownBy(() -> new LiveSource(connection).take(Scope.of(CRASHY)))
                    .isInstanceOfSatisfying(
                            ClusterException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CLUSTER_UNREACHABLE))
                    .hasMessageContainingAll("connection refused", "http://127.0.0.1:" + port, "'test'", "Next:");
        }
    }

    @Test
    void saysThatTlsFailed() throws Exception {
        HttpsServer withoutCertificate =
                HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        SSLContext empty = SSLContext.getInstance("TLS");
        empty.init(new KeyManager[0], null, null);
        withoutCertificate.setHttpsConfigurator(new HttpsConfigurator(empty));
        withoutCertificate.start();
        Path kubeconfig = directory.resolve("k");
        Files.writeString(
                kubeconfig,
                FakeApiServer.kubeconfig(
                        "https://127.0.0.1:" + withoutCertificate.getAddress().getPort()));

        try (KubernetesConnection connection = KubernetesConnection.open(kubeconfig, null)) {
            assertThatThrownBy(() -> new LiveSource(connection).take(Scope.of(CRASHY)))
                    .isInstanceOf(ClusterException.class)
                    .hasMessageContainingAll("TLS failed", "certificate-authority");
        } finally {
            withoutCertificate.stop(0);
        }
    }

    @Test
    void saysThatThereIsNoSuchNamespace() {
        server.on("/api/v1/namespaces/demo", FakeApiServer.status(404, "NotFound", "no"));

        assertThatThrownBy(this::takeNamespace)
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("namespace demo");
    }
}
