package io.k8sincident.workflows.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.workflows.model.IncidentRequest;
import io.k8sincident.workflows.model.IncidentStatus;
import io.k8sincident.workflows.model.Phase;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.failure.CanceledFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;

/** The workflow on Temporal's time-skipping server, with scripted activities. */
final class IncidentTestServer implements AutoCloseable {
    static final String ID = IncidentId.of("practice", Incidents.CRASHY);
    final ScriptedActivities activities = new ScriptedActivities();
    final ScriptedAdvice model;
    private final @Nullable Object adviser;
    final TestWorkflowEnvironment temporal;
    private WorkerFactory workers;
    private WorkerFactory executor;

    IncidentTestServer() {
        this(new ScriptedAdvice());
    }

    /** With somebody else who answers for the model, or nobody. */
    IncidentTestServer(@Nullable Object adviser) {
        this.adviser = adviser;
        this.model = adviser instanceof ScriptedAdvice scripted ? scripted : new ScriptedAdvice();
        temporal = TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                        .setDataConverter(WireFormat.dataConverter())
                        .build())
                .build());
        IncidentSearchAttributes.all()
                .forEach(key -> temporal.registerSearchAttribute(key.getName(), key.getValueType()));
        workers = startWorkers();
        executor = startExecutor();
    }

    /** Workers of their own, so that a test can stop them while the server goes on. */
    private WorkerFactory startWorkers() {
        WorkerFactory factory = WorkerFactory.newInstance(temporal.getWorkflowClient());
        // The test server never gives a task of a stopped worker's sticky queue to another one.
        WorkerOptions options = WorkerOptions.newBuilder()
                .setStickyQueueScheduleToStartTimeout(Duration.ZERO)
                .build();
        Worker incidents = factory.newWorker(TaskQueues.INCIDENTS, options);
        incidents.registerWorkflowImplementationTypes(IncidentWorkflowImpl.class);
        incidents.registerActivitiesImplementations(activities);
        if (adviser != null) {
            factory.newWorker(TaskQueues.ADVICE, options).registerActivitiesImplementations(adviser);
        }
        factory.start();
        return factory;
    }

    private WorkerFactory startExecutor() {
        WorkerFactory factory = WorkerFactory.newInstance(temporal.getWorkflowClient());
        factory.newWorker(TaskQueues.EXECUTION).registerActivitiesImplementations(activities);
        factory.start();
        return factory;
    }

    void restartWorkers() {
        workers = startWorkers();
        executor = startExecutor();
    }

    void stopWorkers() {
        stop(workers);
        stopExecutor();
    }

    /** From now on nobody carries out what is approved. */
    void stopExecutor() {
        stop(executor);
    }

    private static void stop(WorkerFactory factory) {
        factory.shutdownNow();
        factory.awaitTermination(20, TimeUnit.SECONDS);
    }

    WorkflowStub start(IncidentRequest request) {
        WorkflowStub stub = temporal.getWorkflowClient()
                .newUntypedWorkflowStub(
                        "Incident",
                        WorkflowOptions.newBuilder()
                                .setWorkflowId(ID)
                                .setTaskQueue(TaskQueues.INCIDENTS)
                                .setTypedSearchAttributes(IncidentSearchAttributes.atStart(request.target()))
                                .build());
        stub.start(request);
        return stub;
    }

    /** Waits, in real time, until the open incident is in this phase. */
    void awaitPhase(WorkflowStub stub, Phase phase) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> status(stub).phase() == phase);
    }

    /** Long enough for a hundred decisions, one after the other, on a machine that is busy with other things. */
    static ConditionFactory patience() {
        return Awaitility.await().atMost(Duration.ofSeconds(100));
    }

    IncidentStatus status(WorkflowStub stub) {
        return stub.query("status", IncidentStatus.class);
    }

    /** The final status. A cancelled workflow has no result in Temporal, so it is asked for. */
    IncidentStatus result(WorkflowStub stub) {
        try {
            return stub.getResult(IncidentStatus.class);
        } catch (WorkflowFailedException e) {
            assertThat(e).hasCauseInstanceOf(CanceledFailure.class);
            return status(stub);
        }
    }

    WorkflowExecutionHistory history() {
        return temporal.getWorkflowClient().fetchHistory(ID);
    }

    static Map<String, Object> decision(String verdict) {
        return Map.of("version", 1, "planDigest", Incidents.DIGEST, "verdict", verdict);
    }

    @Override
    public void close() {
        stopWorkers();
        temporal.close();
    }
}
