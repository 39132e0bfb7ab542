package io.k8sincident.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.k8sincident.activities.plan.Evictions;
import io.k8sincident.activities.testing.Crashy;
import io.k8sincident.activities.testing.StuckSet;
import io.k8sincident.workflows.model.Action;
import io.k8sincident.workflows.model.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A proxy that points to another address: a write goes to none but the one that was configured, and only once. */
class RedirectTest {
    private static final String ELSEWHERE = "/elsewhere";

    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private volatile int code;

    RedirectTest() throws IOException {
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void isNotFollowedAndProvesNothing(int redirect) {
        code = redirect;
        try (KubernetesClient client = ClusterWriter.connect(config())) {
            ClusterWriter writer = new ClusterWriter(client);
            ObjectNode patch = JsonNodeFactory.instance.objectNode();
            patch.putObject("metadata").put("uid", Crashy.GOOD_UID).put("resourceVersion", "1");

            WriteAnswer patched = writer.write(Target.deployment("demo", "crashy"), patch);
            Action.EvictPod evict = new Action.EvictPod(StuckSet.TARGET, "web-0", StuckSet.POD_UID);
            WriteAnswer evicted = writer.evict(evict.podTarget(), Evictions.body(evict));

            assertThat(patched.kind()).isEqualTo(WriteAnswer.Kind.UNKNOWN);
            assertThat(evicted.kind()).isEqualTo(WriteAnswer.Kind.UNKNOWN);
            assertThat(requests).hasSize(2).noneMatch(request -> request.contains(ELSEWHERE));
        }
    }

    private Config config() {
        return new ConfigBuilder()
                .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                .withOauthToken("secret")
                .build();
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        boolean there = exchange.getRequestURI().getPath().startsWith(ELSEWHERE);
        byte[] body = "{\"kind\":\"Deployment\",\"metadata\":{\"uid\":\"u\"}}".getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        if (!there) {
            exchange.getResponseHeaders().set("Location", config().getMasterUrl() + ELSEWHERE);
        }
        exchange.sendResponseHeaders(there ? 200 : code, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
