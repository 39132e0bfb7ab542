package io.k8sincident.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.policy.v1.EvictionBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.k8sincident.activities.evidence.Scope;
import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.activities.plan.Evictions;
import io.k8sincident.activities.plan.ObjectImage;
import io.k8sincident.activities.testing.AccountKubeconfig;
import io.k8sincident.activities.testing.RealCluster;
import io.k8sincident.workflows.model.Action;
import io.k8sincident.workflows.model.Target;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** With the manifests of {@code deploy/kubernetes}, the API server itself holds each identity to what it is for. */
@EnabledIfEnvironmentVariable(
        named = RealCluster.VARIABLE,
        matches = ".+",
        disabledReason = "INCIDENT_REAL_KUBECONFIG names no kubeconfig of a real cluster")
class IdentitiesIT {
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
    private static final String POD = """
        apiVersion: v1
        kind: Pod
        metadata: {name: web-0}
        spec: {containers: [{name: app, image: "busybox:1.36", command: [sleep, "100000"]}]}
        """;
    private static final String PLAN = "sha256:" + "a".repeat(64) + "/0";

    private final RealCluster real = new RealCluster();
    private final Target web = Target.deployment(real.namespace, "web");

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

    @Test
    void theReaderReadsAndChangesNothing() throws IOException {
        try (KubernetesConnection connection = KubernetesConnection.open(kubeconfig("reader"), null)) {
            Snapshot snapshot = new LiveSource(connection).take(Scope.namespace(real.namespace));

            assertThat(snapshot.find("Deployment", real.namespace, "web")).isPresent();
            assertThat(snapshot.gaps()).extracting(gap -> gap.kind()).containsOnly("Secret");
        }
        as("reader", client -> {
            WriteAnswer answer = new ClusterWriter(client).dryRun(web, patch("image", "busybox:1.37", null));
            assertThat(answer.kind()).isEqualTo(WriteAnswer.Kind.REFUSED);
            assertThat(answer.code()).isEqualTo(403);
        });
        assertThat(image()).isEqualTo("busybox:1.36");
    }

    @Test
    void thePlannerGetsDryRunsAndNothingElse() throws IOException {
        // A policy that has just been made takes the API server a moment.
        as(
                "planner",
                client -> await().atMost(Duration.ofSeconds(30))
                        .until(() -> new ClusterWriter(client)
                                .write(web, patch("image", "busybox:1.36", null))
                                .toString()
                                .contains("the planner may only ask for dry runs")));
        as("planner", client -> {
            ClusterWriter writer = new ClusterWriter(client);

            WriteAnswer dryRun = current(() -> writer.dryRun(web, patch("image", "busybox:1.37", null)));
            WriteAnswer write = current(() -> writer.write(web, patch("image", "busybox:1.37", PLAN)));

            assertThat(dryRun.kind()).isEqualTo(WriteAnswer.Kind.APPLIED);
            assertThat(write.kind()).isEqualTo(WriteAnswer.Kind.REFUSED);
        });
        forbidden("planner");
        assertThat(image()).isEqualTo("busybox:1.36");
    }

    @Test
    void theExecutorWritesOncePerPlanAndNothingElse() throws IOException {
        as(
                "executor",
                client -> await().atMost(Duration.ofSeconds(30))
                        .until(() -> new ClusterWriter(client)
                                .write(web, patch("image", "busybox:1.36", null))
                                .toString()
                                .contains("must name its plan")));
        as("executor", client -> {
            ClusterWriter writer = new ClusterWriter(client);

            WriteAnswer first = current(() -> writer.write(web, patch("image", "busybox:1.37", PLAN)));
            WriteAnswer again = current(() -> writer.write(web, patch("image", "busybox:1.38", PLAN)));
            WriteAnswer other = current(() -> writer.write(web, patch("image", "busybox:1.38", "yes")));
            WriteAnswer dryRun = current(() -> writer.dryRun(web, patch("image", "busybox:1.38", null)));

            assertThat(first.kind()).isEqualTo(WriteAnswer.Kind.APPLIED);
            assertThat(again.kind()).isEqualTo(WriteAnswer.Kind.REFUSED);
            assertThat(again.toString()).contains("names a plan that this object has had already");
            assertThat(other.kind()).isEqualTo(WriteAnswer.Kind.REFUSED);
            assertThat(dryRun.kind()).isEqualTo(WriteAnswer.Kind.APPLIED);
        });
        forbidden("executor");
        assertThat(image()).isEqualTo("busybox:1.37");
    }

    @Test
    void thePlannerMayAskForAnEvictionAndNotMakeOne() throws IOException {
        Action.EvictPod evict = pod();
        as("planner", client -> {
            ClusterWriter writer = new ClusterWriter(client);
            WriteAnswer write = await().atMost(Duration.ofSeconds(30))
                    .until(
                            () -> writer.evict(evict.podTarget(), Evictions.body(evict, PLAN)),
                            answer -> answer.toString().contains("the planner may only ask for dry runs"));

            WriteAnswer dryRun = writer.dryRunEviction(evict.podTarget(), Evictions.body(evict));

            assertThat(write.kind()).isEqualTo(WriteAnswer.Kind.REFUSED);
            assertThat(dryRun.kind()).as(dryRun.describe()).isEqualTo(WriteAnswer.Kind.APPLIED);
        });
        forbidden("planner");
        assertThat(terminating("web-0")).isFalse();
    }

    @Test
    void theExecutorEvictsUnderAPlanAndDeletesNothing() throws IOException {
        Action.EvictPod evict = pod();
        as("executor", client -> {
            ClusterWriter writer = new ClusterWriter(client);
            WriteAnswer unnamed = await().atMost(Duration.ofSeconds(30))
                    .until(
                            () -> writer.evict(evict.podTarget(), Evictions.body(evict)),
                            answer -> answer.toString().contains("must name its plan"));
            assertThat(unnamed.kind()).isEqualTo(WriteAnswer.Kind.REFUSED);
            refused(() -> client.pods()
                    .inNamespace(real.namespace)
                    .withName("web-0")
                    .evict(new EvictionBuilder()
                            .withNewMetadata()
                            .withName("web-0")
                            .addToAnnotations(ObjectImage.PLAN_ANNOTATION, PLAN)
                            .endMetadata()
                            .build()));
            assertThat(terminating("web-0")).isFalse();
        });
        forbidden("executor");
        assertThat(terminating("web-0")).isFalse();
        as("executor", client -> {
            WriteAnswer named = new ClusterWriter(client).evict(evict.podTarget(), Evictions.body(evict, PLAN));
            assertThat(named.kind()).as(named.describe()).isEqualTo(WriteAnswer.Kind.APPLIED);
        });
    }

    @Test
    void theReaderEvictsNothingNotEvenAsADryRun() throws IOException {
        Action.EvictPod evict = pod();
        as("reader", client -> {
            WriteAnswer answer = new ClusterWriter(client).dryRunEviction(evict.podTarget(), Evictions.body(evict));

            assertThat(answer.code()).isEqualTo(403);
            refused(() ->
                    client.pods().inNamespace(real.namespace).withName("web-0").delete());
        });
        assertThat(terminating("web-0")).isFalse();
    }

    /** A pod that nothing starts, and that stays until somebody lets it go. */
    private Action.EvictPod pod() {
        real.apply(POD);
        return new Action.EvictPod(
                web,
                "web-0",
                real.client
                        .pods()
                        .inNamespace(real.namespace)
                        .withName("web-0")
                        .get()
                        .getMetadata()
                        .getUid());
    }

    private boolean terminating(String pod) {
        return real.client
                        .pods()
                        .inNamespace(real.namespace)
                        .withName(pod)
                        .get()
                        .getMetadata()
                        .getDeletionTimestamp()
                != null;
    }

    /** The first answer that is no conflict: the controller writes the status between our read and our write. */
    private static WriteAnswer current(Supplier<WriteAnswer> attempt) {
        return await().atMost(Duration.ofSeconds(30))
                .until(attempt::get, answer -> answer.kind() != WriteAnswer.Kind.CONFLICT);
    }

    /** What no identity that may patch may do beside it. */
    private void forbidden(String account) throws IOException {
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

    private static void refused(Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        e -> assertThat(e.getCode()).isEqualTo(403));
    }

    private void as(String account, Consumer<KubernetesClient> work) throws IOException {
        try (KubernetesClient client =
                ClusterWriter.connect(Config.fromKubeconfig(kubeconfig(account).toFile()))) {
            work.accept(client);
        }
    }

    private Path kubeconfig(String account) throws IOException {
        return AccountKubeconfig.write(real.client, "k8s-incident-agent", account, folder.resolve(account));
    }

    private ObjectNode patch(String field, String value, @org.jspecify.annotations.Nullable String plan) {
        Deployment now = deployment();
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        ObjectNode metadata = patch.putObject("metadata");
        metadata.put("uid", now.getMetadata().getUid());
        metadata.put("resourceVersion", now.getMetadata().getResourceVersion());
        if (plan != null) {
            metadata.putObject("annotations").put(ObjectImage.PLAN_ANNOTATION, plan);
        }
        patch.putObject("spec")
                .putObject("template")
                .putObject("spec")
                .putArray("containers")
                .addObject()
                .put("name", "app")
                .put(field, value);
        return patch;
    }

    private Deployment deployment() {
        return real.client
                .apps()
                .deployments()
                .inNamespace(real.namespace)
                .withName("web")
                .get();
    }

    private String image() {
        return deployment()
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .get(0)
                .getImage();
    }
}
