package io.k8sincident.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.k8sincident.activities.testing.AccountKubeconfig;
import io.k8sincident.activities.testing.RealCluster;
import io.k8sincident.workflows.model.Target;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
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
            refused(() -> web(client).delete());
            refused(() -> web(client).scale(3));
            refused(() -> client.apps()
                    .deployments()
                    .inNamespace(real.namespace)
                    .withLabel("app", "web")
                    .delete());
            refused(() -> client.apps().deployments().inNamespace("kube-system").list());
            refused(() -> client.pods().inNamespace(real.namespace).list());
            refused(() ->
                    client.pods().inNamespace(real.namespace).withName("web-0").delete());
            refused(() -> client.namespaces().withName("default").get());
            refused(() -> client.namespaces().withName("kube-system").delete());
        });
        forbiddenRequests(account);
    }

    /** Those for which the client would look at the object first, or for which it has no word. */
    private void forbiddenRequests(String account) throws IOException {
        String namespace = "/api/v1/namespaces/" + real.namespace;
        String deployments = "/apis/apps/v1/namespaces/" + real.namespace + "/deployments";
        String object =
                Serialization.asJson(new DeploymentBuilder(Serialization.unmarshal(DEPLOYMENT, Deployment.class))
                        .editMetadata()
                        .withNamespace(real.namespace)
                        .endMetadata()
                        .build());
        String role = """
            {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"RoleBinding","metadata":{"name":"more"},
             "roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"cluster-admin"},
             "subjects":[{"kind":"ServiceAccount","name":"%s","namespace":"k8s-incident-agent"}]}
            """.formatted(account);
        as(account, client -> {
            HttpExchange http = new HttpExchange(client);
            forbidden(http, "POST", deployments, object.replace("\"web\"", "\"other\""));
            forbidden(http, "PUT", deployments + "/web", object);
            forbidden(http, "DELETE", deployments, null);
            forbidden(http, "PATCH", deployments + "/web/scale", "{\"spec\":{\"replicas\":3}}");
            forbidden(http, "PATCH", deployments + "/web/status", "{\"status\":{\"replicas\":3}}");
            forbidden(http, "PATCH", namespace + "/pods/web-0", "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}");
            forbidden(http, "PATCH", namespace + "/secrets/password", "{\"stringData\":{\"value\":\"x\"}}");
            forbidden(http, "POST", namespace + "/pods/web-0/exec?command=true&stdout=true", null);
            forbidden(http, "GET", namespace + "/pods/web-0/log", null);
            forbidden(http, "POST", namespace + "/serviceaccounts/default/token", "{}");
            forbidden(http, "PATCH", "/api/v1/nodes/none", "{\"spec\":{\"unschedulable\":true}}");
            forbidden(
                    http,
                    "POST",
                    "/apis/rbac.authorization.k8s.io/v1/namespaces/" + real.namespace + "/rolebindings",
                    role);
        });
    }

    private static void forbidden(HttpExchange http, String method, String path, @Nullable String body) {
        String type = method.equals("PATCH") ? "application/merge-patch+json" : "application/json";
        try {
            HttpAnswer answer = http.send(method, path, body == null ? null : type, body);
            assertThat(answer.code()).as(method + " " + path).isEqualTo(403);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RollableScalableResource<Deployment> web(KubernetesClient client) {
        return client.apps().deployments().inNamespace(real.namespace).withName("web");
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
