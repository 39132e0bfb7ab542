package io.k8sincident.cli.temporal;

import io.grpc.StatusRuntimeException;
import io.k8sincident.workflows.workflow.WireFormat;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowTargetOptions;
import io.temporal.serviceclient.RpcRetryOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A Temporal server that has answered. Thread-safe. */
public final class TemporalConnection implements AutoCloseable {
    private static final long ANSWER_SECONDS = 5;

    private final WorkflowClient client;
    private final String address;

    /** For a server in this process. */
    public TemporalConnection(WorkflowClient client, String address) {
        this.client = client;
        this.address = address;
    }

    /**
     * Connects and asks the server who it is.
     *
     * @throws io.k8sincident.cli.output.Problem if it does not answer within five seconds
     */
    public static TemporalConnection open(TemporalSettings settings) {
        WorkflowServiceStubs stubs = WorkflowServiceStubs.newServiceStubs(
                WorkflowServiceStubsOptions.newBuilder(settings.profile().toWorkflowServiceStubsOptions())
                        .setRpcRetryOptions(RpcRetryOptions.newBuilder()
                                .setExpiration(Duration.ofSeconds(ANSWER_SECONDS))
                                .validateBuildWithDefaults())
                        .build());
        WorkflowClientOptions options = WorkflowClientOptions.newBuilder(
                        settings.profile().toWorkflowClientOptions())
                .setDataConverter(WireFormat.dataConverter())
                .build();
        TemporalConnection connection =
                new TemporalConnection(WorkflowClient.newInstance(stubs, options), settings.address());
        try {
            var unused = connection.service().getSystemInfo(GetSystemInfoRequest.getDefaultInstance());
            return connection;
        } catch (StatusRuntimeException e) {
            connection.close();
            throw TemporalErrors.unreachable(settings.address(), settings.origin(), e);
        }
    }

    public String address() {
        return address;
    }

    public String namespace() {
        return client.getOptions().getNamespace();
    }

    WorkflowClient client() {
        return client;
    }

    /** The service with a deadline on each call. */
    public WorkflowServiceBlockingStub service() {
        return client.getWorkflowServiceStubs().blockingStub().withDeadlineAfter(ANSWER_SECONDS, TimeUnit.SECONDS);
    }

    WorkflowStub stub(String workflowId, String runId) {
        return client.newUntypedWorkflowStub(WorkflowTargetOptions.newBuilder()
                .setWorkflowId(workflowId)
                .setRunId(runId)
                .build());
    }

    @Override
    public void close() {
        client.getWorkflowServiceStubs().shutdownNow();
    }
}
