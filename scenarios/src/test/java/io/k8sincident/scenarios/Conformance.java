package io.k8sincident.scenarios;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.k8sincident.scenarios.ApiClient.Answer;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;

/** What is asked of the practice cluster, and of a real API server if there is one. */
abstract class Conformance {
    enum Server {
        PRACTICE,
        REAL
    }

    @Parameter
    @SuppressWarnings("NullAway.Init")
    Server server;

    @SuppressWarnings("NullAway.Init")
    ApiClient api;

    private Optional<PracticeCluster> practice = Optional.empty();
    final String namespace = "conf-" + UUID.randomUUID().toString().substring(0, 8);
    final String deployments = "/apis/apps/v1/namespaces/" + namespace + "/deployments";
    final String pods = "/api/v1/namespaces/" + namespace + "/pods";

    @BeforeEach
    void connect() throws Exception {
        if (server == Server.PRACTICE) {
            practice =
                    Optional.of(PracticeCluster.start(PracticeOptions.defaults().withTimeScale(20)));
            api = new ApiClient(practice.get().uri());
        } else {
            Optional<ApiClient> real = RealCluster.client();
            assumeTrue(real.isPresent(), "set " + RealCluster.VARIABLE + " to compare with a real API server");
            api = real.orElseThrow();
        }
        api.post("/api/v1/namespaces", "{\"metadata\": {\"name\": \"" + namespace + "\"}}");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> api.get("/api/v1/namespaces/" + namespace + "/serviceaccounts/default")
                                .status()
                        == 200);
    }

    @AfterEach
    void disconnect() {
        if (api != null) {
            api.delete("/api/v1/namespaces/" + namespace, "");
        }
        practice.ifPresent(PracticeCluster::close);
    }

    static String refusal(Answer answer) {
        return answer.status() + " " + answer.reason() + " " + answer.message();
    }
}
