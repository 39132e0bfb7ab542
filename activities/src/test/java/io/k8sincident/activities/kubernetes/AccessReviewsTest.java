package io.k8sincident.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.k8sincident.activities.evidence.ClusterException;
import io.k8sincident.activities.testing.TestClock;
import io.k8sincident.workflows.model.ErrorCode;
import io.k8sincident.workflows.model.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is asked of the API server about users and about itself, over HTTP. */
class AccessReviewsTest {
    private static final Target CRASHY = Target.deployment("demo", "crashy");

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private int code = 201;
    private String body = "";

    @SuppressWarnings("NullAway.Init")
    private HttpServer server;

    @SuppressWarnings("NullAway.Init")
    private KubernetesClient client;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] answer = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(code, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        client = ClusterWriter.connect(new ConfigBuilder(Config.empty())
                .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                .build());
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop(0);
    }

    @Test
    void asksAboutOneUserOneVerbAndOneObject() throws IOException {
        body = "{\"kind\":\"SubjectAccessReview\",\"status\":{\"allowed\":true}}";

        assertThat(new AccessReviews(client).allowed("bob@corp", "patch", CRASHY))
                .isTrue();

        assertThat(requests).hasSize(1);
        assertThat(requests.get(0)).startsWith("POST /apis/authorization.k8s.io/v1/subjectaccessreviews ");
        JsonNode spec = new ObjectMapper()
                .readTree(requests.get(0).substring(requests.get(0).indexOf('{')))
                .path("spec");
        assertThat(spec.path("user").asText()).isEqualTo("bob@corp");
        assertThat(spec.path("resourceAttributes").toString())
                .isEqualTo("{\"verb\":\"patch\",\"group\":\"apps\",\"version\":\"v1\",\"resource\":\"deployments\","
                        + "\"name\":\"crashy\",\"namespace\":\"demo\"}");
    }

    @Test
    void meansTheEvictionOfAPod() {
        body = "{\"kind\":\"SubjectAccessReview\",\"status\":{\"allowed\":true}}";

        assertThat(new AccessReviews(client)
                        .allowed("bob@corp", "create", new Target("v1", "Pod", "demo", "web-0", "uid")))
                .isTrue();

        assertThat(requests.get(0))
                .contains("{\"verb\":\"create\",\"group\":\"\",\"version\":\"v1\",\"resource\":\"pods\","
                        + "\"name\":\"web-0\",\"subresource\":\"eviction\",\"namespace\":\"demo\"}");
    }

    @Test
    void takesEverythingButAClearYesForNo() {
        for (String status : List.of(
                "{\"status\":{\"allowed\":false}}",
                "{\"status\":{\"allowed\":true,\"denied\":true}}",
                "{\"status\":{\"allowed\":\"true \"}}",
                "{}")) {
            body = status;

            assertThat(new AccessReviews(client).allowed("bob", "patch", CRASHY))
                    .as(status)
                    .isFalse();
        }
    }

    @Test
    void saysWhatRightIsMissing() {
        code = 403;
        body = "{\"kind\":\"Status\",\"message\":\"may not\"}";

        assertThatThrownBy(() -> new AccessReviews(client).allowed("bob", "patch", CRASHY))
                .isInstanceOfSatisfying(
                        ClusterException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CLUSTER_FORBIDDEN))
                .hasMessageContaining("403 may not")
                .hasMessageContaining("create subjectaccessreviews");
    }

    @Test
    void readsTheUidOfTheClusterOnceInFiveMinutes() {
        code = 200;
        body = "{\"kind\":\"Namespace\",\"metadata\":{\"name\":\"kube-system\",\"uid\":\"u-1\"}}";
        TestClock clock = new TestClock(Instant.parse("2026-11-24T12:00:00Z"));
        ClusterUid uid = new ClusterUid(client, clock);

        assertThat(uid.get()).isEqualTo("u-1");
        body = body.replace("u-1", "u-2");
        assertThat(uid.get()).isEqualTo("u-1");
        clock.advance(Duration.ofMinutes(5));
        assertThat(uid.get()).isEqualTo("u-2");
        assertThat(requests).hasSize(2).allMatch(request -> request.startsWith("GET /api/v1/namespaces/kube-system"));
    }

    @Test
    void doesNotGuessTheUid() {
        ClusterUid uid = new ClusterUid(client, new TestClock(Instant.EPOCH));
        code = 200;
        body = "{\"kind\":\"Namespace\"}";

        assertThatThrownBy(uid::get).hasMessageContaining("has no uid");
        code = 503;
        assertThatThrownBy(uid::get)
                .isInstanceOfSatisfying(
                        ClusterException.class,
                        e -> assertThat(e.code().retryable()).isTrue());
    }
}
