package io.k8sincident.cli;

import io.k8sincident.cli.cluster.ClusterChoice;
import io.k8sincident.cli.cluster.ClusterConnection;
import io.k8sincident.cli.command.Connections;
import io.k8sincident.cli.temporal.TemporalConnection;
import io.k8sincident.workflows.model.IncidentRequest;
import io.k8sincident.workflows.model.Mode;
import io.k8sincident.workflows.workflow.IncidentId;
import io.k8sincident.workflows.workflow.IncidentSearchAttributes;
import io.k8sincident.workflows.workflow.IncidentWorkflow;
import io.k8sincident.workflows.workflow.TaskQueues;
import io.k8sincident.workflows.workflow.WireFormat;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;

/** Temporal's in-process server with a worker that runs {@link FakeIncidentWorkflow}. */
public final class TestTemporal implements Connections, AutoCloseable {
    private final TestWorkflowEnvironment environment;
    private final ClusterConnection cluster;

    public TestTemporal(ClusterConnection cluster) {
        this.cluster = cluster;
        this.environment = TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                .setUseTimeskipping(false)
                .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                        .setDataConverter(WireFormat.dataConverter())
                        .build())
                .build());
        IncidentSearchAttributes.all()
                .forEach(key -> environment.registerSearchAttribute(key.getName(), key.getValueType()));
    }

    public TestTemporal withWorker() {
        environment.newWorker(TaskQueues.INCIDENTS).registerWorkflowImplementationTypes(FakeIncidentWorkflow.class);
        environment.start();
        return this;
    }

    /** Opens the incident of the crashing Deployment and returns its run id. */
    public String open(Mode mode) {
        IncidentRequest request = Incidents.request(mode);
        return open(mode, IncidentId.of(request.cluster(), request.target()));
    }

    /** The same under an id that may be that of another object. */
    public String open(Mode mode, String workflowId) {
        IncidentRequest request = Incidents.request(mode);
        IncidentWorkflow stub = environment
                .getWorkflowClient()
                .newWorkflowStub(
                        IncidentWorkflow.class,
                        WorkflowOptions.newBuilder()
                                .setWorkflowId(workflowId)
                                .setTaskQueue(TaskQueues.INCIDENTS)
                                .setTypedSearchAttributes(IncidentSearchAttributes.atStart(request.target()))
                                .build());
        return WorkflowClient.start(stub::run, request).getRunId();
    }

    @Override
    public TemporalConnection temporal() {
        return new TemporalConnection(environment.getWorkflowClient(), "in-process");
    }

    @Override
    public ClusterConnection cluster(ClusterChoice choice) {
        return cluster;
    }

    @Override
    public void close() {
        environment.close();
    }
}
