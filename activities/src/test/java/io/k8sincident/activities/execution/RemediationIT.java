package io.k8sincident.activities.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.apps.DeploymentSpec;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.k8sincident.activities.testing.FaultyApi;
import io.k8sincident.activities.testing.RealCluster;
import io.k8sincident.activities.testing.Recovery;
import io.k8sincident.activities.testing.Remedy;
import io.k8sincident.workflows.activity.ExecutionActivity.ExecutionRequest;
import io.k8sincident.workflows.activity.VerificationActivity.VerificationRequest;
import io.k8sincident.workflows.model.Action;
import io.k8sincident.workflows.model.Execution;
import io.k8sincident.workflows.model.HumanValue;
import io.k8sincident.workflows.model.Offer;
import io.k8sincident.workflows.model.PlannedAction;
import io.k8sincident.workflows.model.Proposal;
import io.k8sincident.workflows.model.Risk;
import io.k8sincident.workflows.model.Target;
import io.k8sincident.workflows.model.Verification;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** From a crashing second revision to a verified first one, and back, on a real cluster. */
@EnabledIfEnvironmentVariable(
        named = RealCluster.VARIABLE,
        matches = ".+",
        disabledReason = "INCIDENT_REAL_KUBECONFIG names no kubeconfig of a real cluster")
class RemediationIT {
    private static final String MANIFEST = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: crashy, labels: {team: shop}}
        spec:
          replicas: 2
          selector: {matchLabels: {app: crashy}}
          template:
            metadata: {labels: {app: crashy}}
            spec:
              terminationGracePeriodSeconds: 1
              containers:
                - name: app
                  image: busybox:1.36
                  command: [sh, -c, "COMMAND"]
                  env: [{name: DB_PASSWORD, value: hunter2}]
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: crashy}
        spec: {selector: {app: crashy}, ports: [{port: 80}]}
        """;

    private final RealCluster real = new RealCluster();
    private final FaultyApi api = new FaultyApi(real);
    private final Target crashy = Target.deployment(real.namespace, "crashy");
    private final Remedy remedy = new Remedy(api.config(), crashy, Instant.now());

    RemediationIT() throws IOException {}

    @BeforeEach
    void crash() {
        real.apply(MANIFEST.replace("COMMAND", "sleep 100000"));
        await().atMost(Duration.ofSeconds(60)).until(() -> ready() == 2);
        real.apply(MANIFEST.replace("COMMAND", "exit 1"));
        await().atMost(Duration.ofSeconds(60)).until(() -> revision("2") != null);
        remedy.offers.add(rollBack());
    }

    @AfterEach
    void close() {
        remedy.close();
        api.close();
        real.close();
    }

    @Test
    void rollsBackAndRecovers() {
        Proposal proposal = remedy.propose();
        PlannedAction planned = Remedy.planOf(proposal).actions().get(0);
        ExecutionRequest request = approved(proposal);

        Execution execution = remedy.execution.execute(request);
        Verification verification = Recovery.await(remedy, request.planDigest(), Duration.ofSeconds(60));

        assertThat(planned.diffFrom()).isEqualTo("server-side dry run");
        assertThat(planned.diff())
                .contains("-        - exit 1", "+        - sleep 100000")
                .doesNotContain("hunter2");
        assertThat(execution.status()).isEqualTo(Execution.Status.APPLIED);
        assertThat(verification.recovered()).as(verification.message()).isTrue();
        assertThat(verification.observations()).contains("Service/crashy has ready endpoints of them");
        assertThat(api.writes()).isEqualTo(1);
        assertThat(annotation()).isEqualTo(request.planDigest() + "/0");
    }

    @Test
    void putsBackWhatDidNotHelp() {
        DeploymentSpec before = spec();
        Proposal proposal = remedy.propose(new HumanValue("app", "command", "[\"sh\",\"-c\",\"exit 3\"]"));
        ExecutionRequest request = approved(proposal);
        remedy.execution.execute(request);
        remedy.clock.advance(Duration.ofMinutes(10));

        Verification verification = remedy.verification.verify(new VerificationRequest(
                remedy.incident, request.planDigest(), remedy.clock.instant().minusSeconds(600)));
        Execution restored = remedy.execution.restore(request);

        assertThat(verification.recovered()).isFalse();
        assertThat(restored.status()).as(restored.message()).isEqualTo(Execution.Status.APPLIED);
        assertThat(spec()).isEqualTo(before);
        assertThat(api.applied()).isEqualTo(2);
    }

    @Test
    void doesNotWriteToARecreatedTarget() {
        ExecutionRequest request = approved(remedy.propose());
        real.client
                .apps()
                .deployments()
                .inNamespace(real.namespace)
                .withName("crashy")
                .delete();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> real.client
                                .apps()
                                .deployments()
                                .inNamespace(real.namespace)
                                .withName("crashy")
                                .get()
                        == null);
        real.apply(MANIFEST.replace("COMMAND", "exit 1"));

        Execution execution = remedy.execution.execute(request);

        assertThat(execution.status()).isEqualTo(Execution.Status.STALE);
        assertThat(api.writes()).isZero();
    }

    private ExecutionRequest approved(Proposal proposal) {
        String digest = String.valueOf(proposal.digest());
        return remedy.executionRequest(digest, remedy.approve(digest));
    }

    private int ready() {
        Integer ready = real.client
                .apps()
                .deployments()
                .inNamespace(real.namespace)
                .withName("crashy")
                .get()
                .getStatus()
                .getReadyReplicas();
        return ready == null ? 0 : ready;
    }

    private @org.jspecify.annotations.Nullable ReplicaSet revision(String number) {
        return real.client.apps().replicaSets().inNamespace(real.namespace).list().getItems().stream()
                .filter(each ->
                        number.equals(each.getMetadata().getAnnotations().get("deployment.kubernetes.io/revision")))
                .findFirst()
                .orElse(null);
    }

    private Offer rollBack() {
        ReplicaSet good = revision("1");
        if (good == null) {
            throw new IllegalStateException("no first revision");
        }
        return new Offer(
                "roll-back",
                Risk.LOW,
                List.of(new Action.RollBack(
                        crashy,
                        1,
                        good.getMetadata().getName(),
                        good.getMetadata().getUid(),
                        "sha256:of-the-redacted-snapshot",
                        "a pod of it is ready",
                        true)),
                List.of());
    }

    private DeploymentSpec spec() {
        return real.client
                .apps()
                .deployments()
                .inNamespace(real.namespace)
                .withName("crashy")
                .get()
                .getSpec();
    }

    private String annotation() {
        return String.valueOf(real.client
                .apps()
                .deployments()
                .inNamespace(real.namespace)
                .withName("crashy")
                .get()
                .getMetadata()
                .getAnnotations()
                .get("k8sincident.io/plan"));
    }
}
