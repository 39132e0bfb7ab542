package io.k8sincident.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.k8sincident.activities.evidence.Scope;
import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.activities.plan.ObjectImage;
import io.k8sincident.activities.testing.RealCluster;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** With the manifests of {@code deploy/kubernetes}, the API server itself holds each identity to what it is for. */
@EnabledIfEnvironmentVariable(
        named = RealCluster.VARIABLE,
        matches = ".+",
        disabledReason = "INCIDENT_REAL_KUBECONFIG names no kubeconfig of a real cluster")
class IdentitiesIT extends Identities {
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
            assertThat(new ClusterUid(client, Clock.systemUTC()).get())
                    .isEqualTo(real.client
                            .namespaces()
                            .withName("kube-system")
                            .get()
                            .getMetadata()
                            .getUid());
        });
        forbidden("executor");
        assertThat(image()).isEqualTo("busybox:1.37");
    }

    /** The first answer that is no conflict: the controller writes the status between our read and our write. */
    private static WriteAnswer current(Supplier<WriteAnswer> attempt) {
        return await().atMost(Duration.ofSeconds(30))
                .until(attempt::get, answer -> answer.kind() != WriteAnswer.Kind.CONFLICT);
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
