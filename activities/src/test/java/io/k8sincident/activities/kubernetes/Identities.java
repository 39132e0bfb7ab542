package io.k8sincident.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.k8sincident.activities.testing.AccountKubeconfig;
import io.k8sincident.activities.testing.RealCluster;
import io.k8sincident.workflows.model.Target;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A namespace of a real cluster where the identities of {@code deploy/kubernetes} are bound. */
abstract class Identities {
    private static final Path MANIFESTS = Path.of("../deploy/kubernetes");
    private static final String DEPLOYMENT = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          replicas: 0
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: app, image: "busybox:1.36"}]}
        """;
    static final String PLAN = "sha256:" + "a".repeat(64) + "/0";

    final RealCluster real = new RealCluster();
    final Target web = Target.deployment(real.namespace, "web");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @BeforeEach
    void install() throws IOException {
        for (String file : new String[] {"accounts", "reader", "planner", "executor"}) {
            try (InputStream in = Files.newInputStream(MANIFESTS.resolve(file + ".yaml"))) {
                real.client.load(in).serverSideApply();
            }
        }
        real.apply(Files.readString(MANIFESTS.resolve("namespace.yaml")));
        real.apply(DEPLOYMENT);
        real.apply("apiVersion: v1\nkind: Secret\nmetadata: {name: password}\nstringData: {value: hunter2}\n");
    }

    @AfterEach
    void close() {
        real.close();
    }

    /** What no identity that may patch may do beside it. */
    void forbidden(String account) throws IOException {
        as(account, client -> {
            refused(() -> client.secrets()
                    .inNamespace(real.namespace)
                    .withName("password")
                    .get());
            refused(() -> client.apps()
                    .deployments()
                    .inNamespace(real.namespace)
                    .withName("web")
                    .delete());
            refused(() -> client.apps()
                    .deployments()
                    .inNamespace(real.namespace)
                    .withName("web")
                    .scale(3));
            refused(() -> client.apps().deployments().inNamespace("kube-system").list());
            refused(() -> client.pods().inNamespace(real.namespace).list());
            refused(() ->
                    client.pods().inNamespace(real.namespace).withName("web-0").delete());
        });
    }

    static void refused(Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        e -> assertThat(e.getCode()).isEqualTo(403));
    }

    void as(String account, Consumer<KubernetesClient> work) throws IOException {
        try (KubernetesClient client =
                ClusterWriter.connect(Config.fromKubeconfig(kubeconfig(account).toFile()))) {
            work.accept(client);
        }
    }

    Path kubeconfig(String account) throws IOException {
        return AccountKubeconfig.write(real.client, "k8s-incident-agent", account, folder.resolve(account));
    }
}
