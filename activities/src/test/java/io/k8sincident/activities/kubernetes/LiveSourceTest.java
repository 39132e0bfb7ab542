package io.k8sincident.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.k8sincident.activities.evidence.ClusterException;
import io.k8sincident.activities.evidence.ContainerLog;
import io.k8sincident.activities.evidence.Gap;
import io.k8sincident.activities.evidence.Resource;
import io.k8sincident.activities.evidence.Scope;
import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.activities.evidence.Snapshots;
import io.k8sincident.workflows.model.ErrorCode;
import io.k8sincident.workflows.model.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveSourceTest {
    private static final Target CRASHY = Target.deployment("demo", "crashy");

    @TempDir
    Path directory = Path.of(".");

    private final FakeApiServer server = Crashy.serve();

    LiveSourceTest() throws IOException {}

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void readsATargetInFewRequestsAndThreeRounds() throws IOException {
        take();

        assertThat(server.requests()).hasSizeLessThanOrEqualTo(8);
        assertThat(server.rounds()).isEqualTo(3);
    }

    @Test
    void doesNotTakeForAbsentWhatItDidNotAskFor() throws IOException {
        server.json("/api/v1/namespaces/demo", "{\"metadata\":{\"name\":\"demo\"}}");

        assertThat(take().complete("Secret")).isFalse();
        assertThat(take().complete("Pod")).as("only those of the target").isFalse();
        assertThat(takeNamespace().complete("Secret")).isTrue();
        assertThat(takeNamespace().complete("PersistentVolume")).isFalse();
    }

    @Test
    void staysWithinTheBudgetWhateverIsWrong() throws IOException {
        String pods = IntStream.range(0, 20)
                .mapToObj(i -> pod(
                                "web-" + i,
                                "{\"waiting\":{\"reason\":\"CreateContainerConfigError\","
                                        + "\"message\":\"couldn't find key a in ConfigMap demo/c" + i + "\"}}",
                                "Pending")
                        + "," + pod("new-" + i, "{}", "Pending").replace("\"nodeName\":\"n\",", "")
                        + ","
                        + Crashy.pod()
                                .replace("crashy-5d9c7b6f4-x2x9z", "crash-" + i)
                                .replace("r-1", "r-" + i))
                .collect(Collectors.joining(","));
        server.json(Crashy.PODS, "{\"items\":[" + pods + "]}");
        server.json(Crashy.EVENTS, "{\"items\":[" + Crashy.event("crashy-1").replace("BackOff", "FailedCreate") + "]}");

        take();

        assertThat(server.requests()).hasSize(8);
        assertThat(server.rounds()).isEqualTo(3);
    }

    @Test
    void holdsTheTargetItsRevisionsPodsEventsAndLogs() throws IOException {
        Snapshot snapshot = take();

        assertThat(snapshot.objects().stream().map(Resource::kindName))
                .containsExactly(
                        "Deployment/crashy",
                        "Event/crashy-5d9c7b6f4-x2x9z.1",
                        "Pod/crashy-5d9c7b6f4-x2x9z",
                        "ReplicaSet/crashy-5d9c7b6f4");
        assertThat(log(snapshot, true).text()).contains("boom");
        assertThat(snapshot.source()).isEqualTo("test/demo");
        assertThat(snapshot.gaps()).isEmpty();
    }

    @Test
    void readsTheLogOfAContainerThatWaitsForItsRestartOnlyOnce() throws IOException {
        Snapshot snapshot = take();

        assertThat(server.requests(Crashy.LOG)).isEqualTo(1);
        assertThat(log(snapshot, false).text()).isEqualTo(log(snapshot, true).text());
    }

    @Test
    void holdsNoCredentialAndNoFieldManagers() throws IOException {
        String bytes = new String(Snapshots.toBytes(take()), StandardCharsets.UTF_8);

        assertThat(bytes)
                .doesNotContain("hunter2", "abc123", "managedFields", "last-applied")
                .contains("kept");
    }

    @Test
    void isTheSameWhateverOrderTheServerAnswersIn() throws IOException {
        byte[] first =
                Snapshots.toBytes(new Snapshot("s", Instant.EPOCH, take().objects(), take().logs(), take().gaps()));
        server.json(
                Crashy.EVENTS,
                "{\"items\":[" + Crashy.event("bystander-1") + "," + Crashy.event("crashy-5d9c7b6f4-x2x9z") + "]}");

        byte[] second =
                Snapshots.toBytes(new Snapshot("s", Instant.EPOCH, take().objects(), take().logs(), take().gaps()));

        assertThat(second).isEqualTo(first);
    }

    @Test
    void labelsALogThatMayNotBeRead() throws IOException {
        server.on(Crashy.LOG, FakeApiServer.status(403, "Forbidden", "pods is forbidden"));

        Snapshot snapshot = take();

        assertThat(log(snapshot, true).error()).startsWith("403 Forbidden");
        assertThat(gap(snapshot, "Log").command())
                .isEqualTo("kubectl logs crashy-5d9c7b6f4-x2x9z -c app -n demo --previous --tail=500");
    }

    @Test
    void labelsThePodThatIsGoneMeanwhile() throws IOException {
        server.on(Crashy.LOG, FakeApiServer.status(404, "NotFound", "pods crashy not found"));

        assertThat(gap(take(), "Log").why()).startsWith("404 NotFound");
    }

    @Test
    void takesTheKubeletsExcuseForAnErrorAndNotForALog() throws IOException {
        server.on(Crashy.LOG, FakeApiServer.json(200, "unable to retrieve container logs for containerd://abc"));

        ContainerLog log = log(take(), true);

        assertThat(log.text()).isEmpty();
        assertThat(log.error()).contains("unable to retrieve");
    }

    @Test
    void triesAgainWhenTheServerIsBusy() throws IOException {
        server.on(
                Crashy.PODS,
                FakeApiServer.status(429, "TooManyRequests", "slow down"),
                FakeApiServer.json(200, "{\"items\":[" + Crashy.pod() + "]}"));

        assertThat(take().gaps()).isEmpty();
    }

    @Test
    void triesAgainAtMostTwiceAndThenLabelsWhatIsMissing() throws IOException {
        server.on(Crashy.PODS, FakeApiServer.status(500, "InternalError", "etcd is down"));

        Snapshot snapshot = take();

        assertThat(server.requests(Crashy.PODS)).isEqualTo(3);
        assertThat(gap(snapshot, "Pod").why()).contains("500 InternalError: etcd is down");
        assertThat(gap(snapshot, "Pod").command()).startsWith("kubectl get pods -n demo -l 'app=crashy'");
    }

    @Test
    void labelsAListThatWasCutShort() throws IOException {
        server.on(Crashy.PODS, FakeApiServer.truncated("{\"items\":[{\"metadata\":"));

        assertThat(take().complete("Pod")).isFalse();
    }

    @Test
    void labelsAListThatIsNoJson() throws IOException {
        server.json(Crashy.EVENTS, "<html>proxy</html>");

        assertThat(gap(take(), "Event").why()).contains("no JSON object");
    }

    @Test
    void givesUpAnAnswerThatNeverEnds() throws IOException {
        server.on(Crashy.LOG, FakeApiServer.hanging());

        try (KubernetesConnection connection = server.connect(directory)) {
            ApiReader impatient = connection.reader().within(Duration.ofMillis(500));
            Snapshot snapshot =
                    new TargetReading(impatient, CRASHY, Instant.now()).read().build("s", Instant.EPOCH);

            assertThat(gap(snapshot, "Log").why()).isEqualTo("no answer: timed out");
        }
    }

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
    void asksForNamesOfSecretsOnlyAndOnlyWhenAPodWaitsForOne() throws IOException {
        String waiting = pod(
                        "crashy-5d9c7b6f4-x2x9z",
                        "{\"waiting\":{\"reason\":\"CreateContainerConfigError\"}}",
                        "Pending")
                .replace("\"spec\":{", "\"spec\":{\"volumes\":[{\"secret\":{\"secretName\":\"tls\"}}],");
        server.json(Crashy.PODS, "{\"items\":[" + waiting + "]}");
        server.on(
                "/api/v1/namespaces/demo/secrets",
                FakeApiServer.json(
                        200, "{\"items\":[{\"metadata\":{\"name\":\"tls\"},\"data\":{\"k\":\"c2VjcmV0\"}}]}"));

        Snapshot snapshot = take();

        assertThat(server.requests().stream().filter(request -> request.path().endsWith("/secrets")))
                .singleElement()
                .satisfies(request -> assertThat(request.accept()).contains("PartialObjectMetadataList"));
        assertThat(snapshot.find("Secret", "", "tls").orElseThrow().toString()).doesNotContain("c2VjcmV0");
    }

    @Test
    void doesNotKnowASecretThatItMayNotSee() throws IOException {
        String waiting = pod(
                        "crashy-5d9c7b6f4-x2x9z",
                        "{\"waiting\":{\"reason\":\"CreateContainerConfigError\"}}",
                        "Pending")
                .replace("\"spec\":{", "\"spec\":{\"volumes\":[{\"secret\":{\"secretName\":\"tls\"}}],");
        server.json(Crashy.PODS, "{\"items\":[" + waiting + "]}");
        server.on("/api/v1/namespaces/demo/secrets", FakeApiServer.status(403, "Forbidden", "no"));

        assertThat(take().complete("Secret")).isFalse();
    }

    @Test
    void readsAListInPagesUpToItsEnd() throws IOException {
        String path = "/api/v1/namespaces/demo/configmaps";
        server.on(
                path,
                FakeApiServer.json(
                        200, "{\"metadata\":{\"continue\":\"next\"},\"items\":[{\"metadata\":{\"name\":\"a\"}}]}"),
                FakeApiServer.json(200, "{\"metadata\":{},\"items\":[{\"metadata\":{\"name\":\"b\"}}]}"));
        server.json("/api/v1/namespaces/demo", "{\"metadata\":{\"name\":\"demo\"}}");

        Snapshot snapshot = takeNamespace();

        assertThat(snapshot.all("ConfigMap").map(Resource::name)).containsExactly("a", "b");
        assertThat(server.requests().stream()
                        .filter(request -> request.path().equals(path))
                        .map(FakeApiServer.Request::query))
                .containsExactly("limit=500", "limit=500&continue=next");
    }

    @Test
    void saysWhatABoundCutOff() throws IOException {
        server.json(
                Crashy.EVENTS,
                "{\"metadata\":{\"continue\":\"next\"},\"items\":["
                        + IntStream.range(0, 1_000)
                                .mapToObj(i -> Crashy.event("e-" + i))
                                .collect(Collectors.joining(","))
                        + "]}");

        assertThat(gap(take(), "Event").why()).contains("more than the 1000");
    }

    @Test
    void readsANamespaceInThreeRoundsWithOneLogForEachWayOfFailing() throws IOException {
        server.json("/api/v1/namespaces/demo", "{\"metadata\":{\"name\":\"demo\"}}");
        String pods = IntStream.range(0, 30)
                .mapToObj(i -> Crashy.pod().replace("x2x9z", "pod" + i))
                .collect(Collectors.joining(","));
        server.json(Crashy.PODS, "{\"items\":[" + pods + "]}");

        takeNamespace();

        assertThat(server.requests().stream().filter(request -> request.path().endsWith("/log")))
                .hasSize(1);
        assertThat(server.requests()).hasSizeLessThanOrEqualTo(26);
        assertThat(server.rounds()).isEqualTo(3);
    }

    @Test
    void saysThatThereIsNoSuchNamespace() {
        server.on("/api/v1/namespaces/demo", FakeApiServer.status(404, "NotFound", "no"));

        assertThatThrownBy(this::takeNamespace)
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("namespace demo");
    }

    private Snapshot take() throws IOException {
        try (KubernetesConnection connection = server.connect(directory)) {
            return new LiveSource(connection).take(Scope.of(CRASHY));
        }
    }

    private Snapshot takeNamespace() throws IOException {
        try (KubernetesConnection connection = server.connect(directory)) {
            return new LiveSource(connection).take(Scope.namespace("demo"));
        }
    }

    private static String pod(String name, String state, String phase) {
        return "{\"metadata\":{\"name\":\"" + name + "\",\"namespace\":\"demo\",\"uid\":\"" + name
                + "\"},\"spec\":{\"nodeName\":\"n\",\"containers\":[{\"name\":\"app\",\"envFrom\":[{\"configMapRef\":{\"name\":\"c\"}},"
                + "{\"secretRef\":{\"name\":\"s\"}}]}]},\"status\":{\"phase\":\"" + phase
                + "\",\"containerStatuses\":[{\"name\":\"app\",\"state\":" + state + "}]}}";
    }

    private static ContainerLog log(Snapshot snapshot, boolean previous) {
        return snapshot.log("demo", "crashy-5d9c7b6f4-x2x9z", "app", previous).orElseThrow();
    }

    private static Gap gap(Snapshot snapshot, String kind) {
        return snapshot.gaps().stream()
                .filter(gap -> gap.kind().equals(kind))
                .findFirst()
                .orElseThrow();
    }
}
