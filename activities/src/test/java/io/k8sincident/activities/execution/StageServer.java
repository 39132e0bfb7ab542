package io.k8sincident.activities.execution;

import io.k8sincident.workflows.model.IncidentRequest;
import io.k8sincident.workflows.model.IncidentStatus;
import io.k8sincident.workflows.model.Phase;
import io.k8sincident.workflows.model.Ruling;
import io.k8sincident.workflows.model.Target;
import io.k8sincident.workflows.workflow.IncidentSearchAttributes;
import io.k8sincident.workflows.workflow.IncidentWorkflowImpl;
import io.k8sincident.workflows.workflow.TaskQueues;
import io.k8sincident.workflows.workflow.WireFormat;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.interceptors.WorkerInterceptor;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.WorkerFactoryOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;

/** Temporal's time-skipping server with a worker that serves whole incidents by {@link StageActivities}. */
final class StageServer implements AutoCloseable {
    final TestWorkflowEnvironment temporal;

    StageServer(StageActivities activities, WorkerInterceptor... interceptors) {
        temporal = TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                        .setDataConverter(WireFormat.dataConverter())
                        .build())
                .setWorkerFactoryOptions(WorkerFactoryOptions.newBuilder()
                        .setWorkerInterceptors(interceptors)
                        .build())
                .build());
        IncidentSearchAttributes.all()
                .forEach(key -> temporal.registerSearchAttribute(key.getName(), key.getValueType()));
        var incidents = temporal.newWorker(TaskQueues.INCIDENTS);
        incidents.registerWorkflowImplementationTypes(IncidentWorkflowImpl.class);
        incidents.registerActivitiesImplementations(activities);
        temporal.newWorker(TaskQueues.EXECUTION).registerActivitiesImplementations(activities);
        temporal.start();
    }

    /** An incident about {@code deployment/crashy} that is not started yet. */
    WorkflowStub incident(String workflowId) {
        return temporal.getWorkflowClient()
                .newUntypedWorkflowStub(
                        "Incident",
                        WorkflowOptions.newBuilder()
                                .setWorkflowId(workflowId)
                                .setTaskQueue(TaskQueues.INCIDENTS)
                                .setTypedSearchAttributes(
                                        IncidentSearchAttributes.atStart(Target.deployment("demo", "crashy")))
                                .build());
    }

    /** The incident at its end, two hours after its plan was approved by one signal. */
    IncidentStatus approved(WorkflowStub workflow, IncidentRequest request) {
        var unused = workflow.start(request);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> status(workflow).phase() == Phase.AWAITING_APPROVAL);
        String digest = Objects.requireNonNull(
                Objects.requireNonNull(status(workflow).proposal()).digest());
        workflow.signal(
                "decide",
                Map.of(
                        "version",
                        1,
                        "decisionId",
                        "d-1",
                        "planDigest",
                        digest,
                        "verdict",
                        "APPROVE",
                        "approver",
                        "bob"));
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> status(workflow).rulings().stream().anyMatch(Ruling::accepted));
        temporal.sleep(Duration.ofHours(2));
        return status(workflow);
    }

    private static IncidentStatus status(WorkflowStub workflow) {
        return workflow.query("status", IncidentStatus.class);
    }

    Instant now() {
        return Instant.ofEpochMilli(temporal.currentTimeMillis());
    }

    @Override
    public void close() {
        temporal.close();
    }
}
