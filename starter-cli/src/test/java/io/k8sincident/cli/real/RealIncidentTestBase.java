package io.k8sincident.cli.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.k8sincident.activities.audit.FileAuditTrail;
import io.k8sincident.activities.kubernetes.KubernetesConnection;
import io.k8sincident.workflows.model.IncidentStatus;
import io.k8sincident.workflows.model.Phase;
import io.k8sincident.workflows.workflow.IncidentId;
import io.k8sincident.workflows.workflow.WireFormat;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowServiceException;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A worker, the CLI, the cluster and the Temporal server, and what every test of the main job asks them. */
abstract class RealIncidentTestBase {
    final RealServers servers = RealServers.required();

    @TempDir
    Path runs;

    Product product = new Product(servers, Path.of(""));
    Process worker;
    KubernetesClient cluster;
    private WorkflowServiceStubs stubs;
    private WorkflowClient temporal;

    @BeforeEach
    void startEverything() throws IOException {
        product = new Product(servers, runs);
        worker = product.startWorker("worker");
        cluster = KubernetesConnection.open(servers.kubeconfig(), null).openWriter();
        stubs = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget(servers.temporal())
                .build());
        temporal = WorkflowClient.newInstance(
                stubs,
                WorkflowClientOptions.newBuilder()
                        .setDataConverter(WireFormat.dataConverter())
                        .build());
    }

    @AfterEach
    void stopEverything() {
        worker.destroyForcibly();
        stubs.shutdownNow();
        cluster.close();
    }

    WorkflowClient temporal() {
        return temporal;
    }

    CrashingDeployment crashing(String name) throws IOException {
        return CrashingDeployment.start(cluster, servers.auditLog(), name);
    }

    /** Starts an incident in mode remediate and waits until it has a plan. */
    String start(CrashingDeployment deployment, String... options) {
        String[] arguments = new String[options.length + 6];
        System.arraycopy(
                new String[] {
                    "start", deployment.target().typed(), "-n", CrashingDeployment.NAMESPACE, "--mode", "remediate"
                },
                0,
                arguments,
                0,
                6);
        System.arraycopy(options, 0, arguments, 6, options.length);
        Product.Answer answer = product.incident(arguments);
        assertThat(answer.exitCode()).as(answer.out() + answer.err()).isZero();
        String id = IncidentId.of(Product.CLUSTER, deployment.target());
        awaitPhase(id, Phase.AWAITING_APPROVAL);
        return id;
    }

    /** What the trail announced of an incident and then found applied, in order. */
    List<AcceptedWrite> appliedByTrail(String id) {
        FileAuditTrail trail = new FileAuditTrail(runs, Clock.systemUTC());
        Set<String> applied = trail.find(id, "write_answered").stream()
                .filter(answer -> answer.detail("answer").equals("APPLIED"))
                .map(answer -> answer.detail("intent"))
                .collect(Collectors.toSet());
        return trail.find(id, "write_intent").stream()
                .filter(intent -> applied.contains(Long.toString(intent.sequence())))
                .map(AcceptedWrite::announced)
                .toList();
    }

    void awaitPhase(String id, Phase phase) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(3))
                .ignoreException(WorkflowServiceException.class)
                .until(() -> status(id).phase() == phase);
    }

    IncidentStatus status(String id) {
        return temporal.newUntypedWorkflowStub(id).query("status", IncidentStatus.class);
    }

    String digest(String id) {
        return Objects.requireNonNull(
                Objects.requireNonNull(status(id).proposal()).digest());
    }

    String decision(String id, String verdict) {
        return "{\"version\": 1, \"planDigest\": \"" + digest(id) + "\", \"verdict\": \"" + verdict
                + "\", \"approver\": \"dana\", \"reason\": \"bad release\"}";
    }
}
