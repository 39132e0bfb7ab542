package io.k8sincident.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.k8sincident.scenarios.json.Json;
import io.k8sincident.scenarios.json.Meta;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every scenario that the practice cluster can play is healthy first, and then shows what its README says. */
class ScenariosTest {
    /** The words that prove the cause: somewhere in a container's status, a condition or an event. */
    private static final Map<String, String> PROOF = Map.ofEntries(
            Map.entry("crashloop", "exec: \\\"/bin/httpdd\\\": stat /bin/httpdd: no such file or directory"),
            Map.entry("app-exit", "\"exitCode\":1,"),
            Map.entry("bad-arguments", "\"exitCode\":2,"),
            Map.entry("missing-configmap", "configmap \\\"checkout-config-v2\\\" not found"),
            Map.entry("missing-configmap-key", "couldn't find key pagesize in ConfigMap demo/orders-config"),
            Map.entry("missing-secret", "secret \\\"payments-gateway-live\\\" not found"),
            Map.entry("image-not-found", "docker.io/library/busybox:1.36-relaese: not found"),
            Map.entry("invalid-image-name", "repository name (library/BusyBox) must be lowercase"),
            Map.entry("oom-limit", "\"exitCode\":137,\"reason\":\"OOMKilled\""),
            Map.entry("liveness-probe-kill", "Liveness probe failed: HTTP probe failed with statuscode: 404"),
            Map.entry("insufficient-cpu", "2 Insufficient cpu."),
            Map.entry("insufficient-memory", "2 Insufficient memory."));

    private final PracticeCluster cluster =
            PracticeCluster.start(PracticeOptions.defaults().withTimeScale(30));
    private final ApiClient api = new ApiClient(cluster.uri());

    @AfterEach
    void stop() {
        cluster.close();
    }

    static List<String> broken() {
        return Scenarios.all().stream()
                .filter(Scenario::simulated)
                .map(Scenario::name)
                .filter(name -> !name.equals("healthy"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("broken")
    void showsItsSymptomAndItsProof(String name) {
        Scenario scenario = Scenarios.find(name).orElseThrow();
        api.apply(scenario.manifest());
        awaitComplete(scenario, 1);

        api.apply(scenario.broken().orElseThrow());

        String proof = PROOF.getOrDefault(name, "");
        assertThat(proof).isNotEmpty();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        assertThat(everything()).contains(scenario.symptom()).contains(proof));
        assertThat(Meta.annotation(workload(scenario), "deployment.kubernetes.io/revision"))
                .isEqualTo("2");
    }

    @ParameterizedTest
    @MethodSource("broken")
    void endsWhenTheManifestIsAppliedAgain(String name) {
        Scenario scenario = Scenarios.find(name).orElseThrow();
        api.apply(scenario.manifest());
        awaitComplete(scenario, 1);
        api.apply(scenario.broken().orElseThrow());
        await().until(() -> Meta.annotation(workload(scenario), "deployment.kubernetes.io/revision")
                .equals("2"));

        api.apply(scenario.manifest());

        awaitComplete(scenario, 3);
    }

    @Test
    void theHealthyOneStaysHealthyThroughItsChange() {
        Scenario scenario = Scenarios.find("healthy").orElseThrow();
        api.apply(scenario.manifest());
        awaitComplete(scenario, 1);

        api.apply(scenario.broken().orElseThrow());

        awaitComplete(scenario, 2);
        assertThat(everything()).doesNotContain("\"type\":\"Warning\"");
    }

    private void awaitComplete(Scenario scenario, int revision) {
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            JsonNode deployment = workload(scenario);
            int wanted = Json.at(deployment, "spec", "replicas").asInt();
            return Meta.annotation(deployment, "deployment.kubernetes.io/revision")
                            .equals(Integer.toString(revision))
                    && Json.at(deployment, "status", "observedGeneration").asLong() == Meta.generation(deployment)
                    && Json.at(deployment, "status", "updatedReplicas").asInt() == wanted
                    && Json.at(deployment, "status", "replicas").asInt() == wanted
                    && Json.at(deployment, "status", "availableReplicas").asInt() == wanted;
        });
    }

    private JsonNode workload(Scenario scenario) {
        return api.get("/apis/apps/v1/namespaces/demo/deployments/"
                        + scenario.workload().split("/", 2)[1])
                .body();
    }

    private String everything() {
        return api.get("/api/v1/namespaces/demo/pods").text()
                + api.get("/api/v1/namespaces/demo/events").text();
    }
}
