package io.k8sincident.activities.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.k8sincident.activities.evidence.Scope;
import io.k8sincident.activities.kubernetes.KubernetesConnection;
import io.k8sincident.activities.kubernetes.LiveSource;
import io.k8sincident.activities.remediation.Diagnosticians;
import io.k8sincident.activities.testing.FaultyApi;
import io.k8sincident.activities.testing.RealCluster;
import io.k8sincident.activities.testing.Recovery;
import io.k8sincident.activities.testing.Remedy;
import io.k8sincident.workflows.activity.ExecutionActivity.ExecutionRequest;
import io.k8sincident.workflows.model.Diagnosis;
import io.k8sincident.workflows.model.Execution;
import io.k8sincident.workflows.model.Offer;
import io.k8sincident.workflows.model.Plan;
import io.k8sincident.workflows.model.Proposal;
import io.k8sincident.workflows.model.Target;
import io.k8sincident.workflows.model.Verification;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * A StatefulSet that waits for ever for its first pod, although its template was mended, on a real cluster. The pod runs, since no
 * budget protects one that is pending, and has a probe: without one it is ready for the moment before it crashes, in which the
 * controller may go on by itself.
 */
@EnabledIfEnvironmentVariable(
        named = RealCluster.VARIABLE,
        matches = ".+",
        disabledReason = "INCIDENT_REAL_KUBECONFIG names no kubeconfig of a real cluster")
class EvictionIT {
    private static final String MANIFEST = """
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: web}
        spec:
          replicas: 2
          serviceName: web
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec:
              terminationGracePeriodSeconds: 1
              containers:
                - name: app
                  image: busybox:1.36
                  command: [sh, -c, "COMMAND"]
                  readinessProbe: {exec: {command: [cat, /tmp/ready]}, periodSeconds: 1}
        """;
    private static final String BUDGET = """
        apiVersion: policy/v1
        kind: PodDisruptionBudget
        metadata: {name: quorum}
        spec: {minAvailable: 2, selector: {matchLabels: {app: web}}}
        """;

    private final RealCluster real = new RealCluster();
    private final FaultyApi api = new FaultyApi(real);
    private final Target web = new Target("apps/v1", "StatefulSet", real.namespace, "web", null);
    private final Remedy remedy = new Remedy(api.config(), web, Instant.now());

    EvictionIT() throws IOException {
        remedy.policy = remedy.policy.replace("highestRisk:", "  StatefulSet: [EvictPod]\nhighestRisk:");
    }

    @BeforeEach
    void stick() {
        real.apply(MANIFEST.replace("COMMAND", "echo FATAL no such tenant; exit 3"));
        await().atMost(Duration.ofSeconds(60)).until(() -> crashes("web-0"));
        real.apply(MANIFEST.replace("COMMAND", "touch /tmp/ready; exec sleep 100000"));
    }

    @AfterEach
    void close() {
        remedy.close();
        api.close();
        real.close();
    }

    @Test
    void evictsThePodThatTheStatefulSetWaitsForAndItRecovers() {
        remedy.offers.add(offer());
        String stuck = uid("web-0");
        Proposal proposal = remedy.propose();
        Plan plan = Remedy.planOf(proposal);
        String digest = String.valueOf(proposal.digest());
        ExecutionRequest request = remedy.executionRequest(digest, remedy.approve(digest));

        Execution execution = remedy.execution.execute(request);
        Verification verification = Recovery.await(remedy, digest, Duration.ofMinutes(2));

        assertThat(plan.actions().get(0).diffFrom()).isEqualTo("server-side dry run");
        assertThat(execution.status()).as(execution.message()).isEqualTo(Execution.Status.APPLIED);
        assertThat(verification.recovered()).as(verification.message()).isTrue();
        assertThat(uid("web-0")).isNotEqualTo(stuck);
        assertThat(api.writes()).isEqualTo(1);
        assertThat(api.applied()).isEqualTo(1);
    }

    @Test
    void plansNothingThatADisruptionBudgetForbids() {
        real.apply(BUDGET);
        await().atMost(Duration.ofSeconds(30)).until(this::budgetCounts);
        remedy.offers.add(offer());
        String stuck = uid("web-0");

        Proposal proposal = remedy.propose();

        assertThat(proposal.status()).isEqualTo(Proposal.Status.NO_SAFE_ACTION);
        assertThat(proposal.questions())
                .singleElement()
                .asString()
                .contains("The disruption budget quorum needs 2 healthy pods and has 0 currently");
        assertThat(uid("web-0")).isEqualTo(stuck);
        assertThat(api.writes()).isZero();
    }

    @Test
    void stopsAtABudgetThatCameAfterTheApproval() {
        remedy.offers.add(offer());
        String stuck = uid("web-0");
        String digest = String.valueOf(remedy.propose().digest());
        ExecutionRequest request = remedy.executionRequest(digest, remedy.approve(digest));
        real.apply(BUDGET);
        await().atMost(Duration.ofSeconds(30)).until(this::budgetCounts);

        Execution execution = remedy.execution.execute(request);

        assertThat(execution.status()).isEqualTo(Execution.Status.REFUSED);
        assertThat(execution.message()).contains("The disruption budget quorum needs 2 healthy pods");
        assertThat(uid("web-0")).isEqualTo(stuck);
        assertThat(api.writes()).isEqualTo(1);
        assertThat(api.applied()).isZero();
    }

    @Test
    void evictsNoPodThatSomebodyElseMadeAnew() {
        remedy.offers.add(offer());
        String digest = String.valueOf(remedy.propose().digest());
        ExecutionRequest request = remedy.executionRequest(digest, remedy.approve(digest));
        String stuck = uid("web-0");
        real.client.pods().inNamespace(real.namespace).withName("web-0").delete();
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() -> !uid("web-0").equals(stuck));

        Execution execution = remedy.execution.execute(request);

        assertThat(execution.status()).isEqualTo(Execution.Status.STALE);
        assertThat(api.writes()).isZero();
    }

    /** What the diagnosis of the real namespace offers. */
    private Offer offer() {
        Path kubeconfig = Path.of(System.getenv(RealCluster.VARIABLE));
        try (KubernetesConnection connection = KubernetesConnection.open(kubeconfig, null)) {
            LiveSource source = new LiveSource(connection);
            return await().atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofSeconds(2))
                    .until(
                            () ->
                                    Diagnosticians.standard()
                                            .diagnose(source.take(Scope.namespace(real.namespace)))
                                            .stream()
                                            .map(Diagnosis::offers)
                                            .flatMap(List::stream)
                                            .filter(offer -> offer.runbook().equals("evict-pod"))
                                            .toList(),
                            offers -> offers.size() == 1)
                    .get(0);
        }
    }

    private boolean budgetCounts() {
        var status = real.client
                .policy()
                .v1()
                .podDisruptionBudget()
                .inNamespace(real.namespace)
                .withName("quorum")
                .get()
                .getStatus();
        return status != null && Integer.valueOf(2).equals(status.getDesiredHealthy());
    }

    private boolean crashes(String name) {
        Pod pod = real.client.pods().inNamespace(real.namespace).withName(name).get();
        return pod != null
                && pod.getStatus().getContainerStatuses().stream()
                        .map(status -> status.getState().getWaiting())
                        .anyMatch(waiting ->
                                waiting != null && waiting.getReason().equals("CrashLoopBackOff"));
    }

    private String uid(String name) {
        return real.client
                .pods()
                .inNamespace(real.namespace)
                .withName(name)
                .get()
                .getMetadata()
                .getUid();
    }
}
