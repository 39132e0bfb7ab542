package io.k8sincident.activities.execution;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.Config;
import io.k8sincident.activities.testing.ApiBackend;
import io.k8sincident.activities.testing.RealCluster;
import io.k8sincident.activities.testing.Remedy;
import io.k8sincident.workflows.model.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The contract, against a real API server. */
@EnabledIfEnvironmentVariable(
        named = RealCluster.VARIABLE,
        matches = ".+",
        disabledReason = "INCIDENT_REAL_KUBECONFIG names no kubeconfig of a real cluster")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WriteFaultIT extends WriteFaultContract {
    private static final String CRASHY = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: %s}
        spec:
          replicas: 1
          selector: {matchLabels: {app: %s}}
          template:
            metadata: {labels: {app: %s}}
            spec:
              terminationGracePeriodSeconds: 1
              containers:
                - name: app
                  image: busybox:1.36
                  command: [sh, -c, exit 1]
        """;

    private final RealCluster real = new RealCluster();
    private int made;

    @AfterAll
    void disconnect() {
        real.close();
    }

    @Override
    ApiBackend cluster() {
        made++;
        real.apply(CRASHY.replace("%s", name()));
        await().atMost(Duration.ofSeconds(30)).until(this::controllerHasSeenIt);
        return real;
    }

    @Override
    Remedy remedy(Config cluster) {
        return new Remedy(cluster, Target.deployment(real.namespace, name()), Instant.now());
    }

    private String name() {
        return "crashy-" + made;
    }

    private boolean controllerHasSeenIt() {
        Deployment deployment = real.client
                .apps()
                .deployments()
                .inNamespace(real.namespace)
                .withName(name())
                .get();
        return deployment != null
                && deployment.getStatus() != null
                && Objects.equals(
                        deployment.getStatus().getObservedGeneration(),
                        deployment.getMetadata().getGeneration());
    }
}
