package io.k8sincident.activities.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.k8sincident.activities.kubernetes.KubernetesConnection;
import io.k8sincident.scenarios.Scenario;
import io.k8sincident.scenarios.Scenarios;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Scenarios on a real cluster are diagnosed as their folders say: a sample, or what -Dscenarios=all or NAME,NAME asks for. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIfEnvironmentVariable(
        named = ScenariosIT.KUBECONFIG,
        matches = ".+",
        disabledReason = "set INCIDENT_REAL_KUBECONFIG to the kubeconfig of a real cluster to run this")
class ScenariosIT {
    static final String KUBECONFIG = "INCIDENT_REAL_KUBECONFIG";
    private static final int AT_ONCE = 12;
    private static final Duration LONGEST = Duration.ofMinutes(4);
    private static final Set<String> SAMPLE = Set.of(
            "crashloop",
            "deployment-paused",
            "dependency-unreachable",
            "hpa-target-missing",
            "image-never-pull",
            "init-container-failing",
            "job-pod-failure-policy",
            "missing-secret-volume",
            "node-selector-mismatch",
            "pod-security-denied",
            "pvc-no-storageclass",
            "service-target-port");

    private final KubernetesConnection connection =
            KubernetesConnection.open(Path.of(System.getenv().getOrDefault(KUBECONFIG, "")), null);
    private final KubernetesClient writer = connection.openWriter();

    static Stream<List<Scenario>> batches() {
        String asked = System.getProperty("scenarios", "");
        Set<String> names = asked.isEmpty() ? SAMPLE : Set.of(asked.split(","));
        List<Scenario> chosen = Scenarios.all().stream()
                .filter(scenario -> asked.equals("all") || names.contains(scenario.name()))
                .toList();
        return IntStream.iterate(0, from -> from < chosen.size(), from -> from + AT_ONCE)
                .mapToObj(from -> chosen.subList(from, Math.min(from + AT_ONCE, chosen.size())));
    }

    @AfterAll
    void disconnect() {
        writer.close();
        connection.close();
    }

    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    @ParameterizedTest(name = "batch {index}")
    @MethodSource("batches")
    void areDiagnosedAsTheirFoldersSay(List<Scenario> batch) {
        List<LiveScenario> live = batch.stream()
                .map(scenario -> new LiveScenario(scenario, connection, writer))
                .toList();
        try {
            live.forEach(LiveScenario::applyManifest);
            await().atMost(LONGEST)
                    .pollInterval(Duration.ofSeconds(1))
                    .untilAsserted(() -> assertThat(live)
                            .filteredOn(one -> !one.readyToBreak())
                            .extracting(LiveScenario::name)
                            .isEmpty());
            live.forEach(LiveScenario::applyBroken);

            List<LiveScenario> open = new ArrayList<>(live);
            await().atMost(LONGEST).pollInterval(Duration.ofSeconds(2)).untilAsserted(() -> {
                open.removeIf(LiveScenario::isDiagnosed);
                assertThat(open.stream().map(one -> one.name() + " " + one.answers()))
                        .isEmpty();
            });
        } finally {
            live.forEach(LiveScenario::close);
        }
    }
}
