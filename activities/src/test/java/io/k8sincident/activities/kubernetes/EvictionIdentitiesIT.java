package io.k8sincident.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.plan.Evictions;
import io.k8sincident.activities.testing.RealCluster;
import io.k8sincident.workflows.model.Action;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The planner may only ask for an eviction, the executor make it under a plan, the reader neither, and nobody delete a pod. */
@EnabledIfEnvironmentVariable(
        named = RealCluster.VARIABLE,
        matches = ".+",
        disabledReason = "INCIDENT_REAL_KUBECONFIG names no kubeconfig of a real cluster")
class EvictionIdentitiesIT extends Identities {
    private static final String POD = """
        apiVersion: v1
        kind: Pod
        metadata: {name: web-0}
        spec: {containers: [{name: app, image: "busybox:1.36", command: [sleep, "100000"]}]}
        """;

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
        String path = "/api/v1/namespaces/" + real.namespace + "/pods/web-0/eviction";
        as("executor", client -> {
            ClusterWriter writer = new ClusterWriter(client);
            WriteAnswer unnamed = await().atMost(Duration.ofSeconds(30))
                    .until(
                            () -> writer.evict(evict.podTarget(), Evictions.body(evict)),
                            answer -> answer.toString().contains("must name its plan"));
            assertThat(unnamed.kind()).isEqualTo(WriteAnswer.Kind.REFUSED);
            ObjectNode anyPod = Evictions.body(evict, PLAN);
            anyPod.remove("deleteOptions");
            refused(() -> client.raw(path, "POST", anyPod));
            ObjectNode atOnce = Evictions.body(evict, PLAN);
            atOnce.withObjectProperty("deleteOptions").put("gracePeriodSeconds", 0);
            refused(() -> client.raw(path, "POST", atOnce));
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
}
