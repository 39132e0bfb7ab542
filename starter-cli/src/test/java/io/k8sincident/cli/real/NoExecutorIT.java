package io.k8sincident.cli.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.workflows.model.Execution;
import io.k8sincident.workflows.model.IncidentRequest;
import io.k8sincident.workflows.model.IncidentStatus;
import io.k8sincident.workflows.model.Mode;
import io.k8sincident.workflows.model.Outcome;
import io.k8sincident.workflows.model.Person;
import io.k8sincident.workflows.model.Phase;
import io.k8sincident.workflows.workflow.IncidentId;
import io.k8sincident.workflows.workflow.IncidentSearchAttributes;
import io.k8sincident.workflows.workflow.TaskQueues;
import io.temporal.client.WorkflowOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Approved, and no executor runs: on a real server, what nobody took up in its window is known not to have been sent. */
class NoExecutorIT extends RealIncidentTestBase {
    @Test
    void theIncidentWaitsForAnotherApprovalAndEndsUnchanged() throws Exception {
        worker.destroyForcibly().waitFor();
        worker = product.startWorker("reader", Map.of("INCIDENT_ROLES", "reader"));
        try (CrashingDeployment crashy = crashing("crashy-nobody")) {
            String id = startWithWindow(crashy, Duration.ofSeconds(5));

            Product.Answer approval =
                    product.incident("approve", id, "--digest", digest(id), "--as", "dana", "--reason", "bad release");
            assertThat(approval.exitCode()).as(approval.out() + approval.err()).isZero();
            awaitPhase(id, Phase.AWAITING_APPROVAL);

            IncidentStatus reopened = status(id);
            assertThat(reopened.executions()).singleElement().satisfies(execution -> {
                assertThat(execution.status()).isEqualTo(Execution.Status.WINDOW_LAPSED);
                assertThat(execution.message()).contains("no executor took it up", "nothing was changed");
            });
            Product.Answer end = product.incident("watch", id);
            assertThat(end.exitCode()).as(end.out() + end.err()).isEqualTo(Outcome.EXPIRED.exitCode());
            assertThat(end.out()).contains("no executor took it up");
            assertThat(crashy.writes()).isEmpty();
            assertThat(appliedByTrail(id)).isEmpty();
        }
    }

    private String startWithWindow(CrashingDeployment crashy, Duration window) {
        String id = IncidentId.of(Product.CLUSTER, crashy.target());
        temporal()
                .newUntypedWorkflowStub(
                        "Incident",
                        WorkflowOptions.newBuilder()
                                .setWorkflowId(id)
                                .setTaskQueue(TaskQueues.INCIDENTS)
                                .setTypedSearchAttributes(IncidentSearchAttributes.atStart(crashy.target()))
                                .build())
                .start(new IncidentRequest(
                        Product.CLUSTER,
                        crashy.target(),
                        Mode.REMEDIATE,
                        Person.unverified("bob"),
                        List.of(),
                        Duration.ofSeconds(25),
                        window));
        awaitPhase(id, Phase.AWAITING_APPROVAL);
        return id;
    }
}
