package io.k8sincident.cli.temporal;

import io.grpc.Channel;
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
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A Temporal server that has answered. Thread-safe. */
public final class TemporalConnection implements AutoCloseable {
    private static final long ANSWER_SECONDS = 5;

    private final WorkflowServiceStubs stubs;
    private final String namespace;
    private final String address;
    private final Supplier<WorkflowClient> opening;
    private final Runnable closing;
    private @Nullable WorkflowClient client;

    /** For a server in this process. */
    public TemporalConnection(WorkflowClient client, String address) {
        this(client.getWorkflowServiceStubs(), client.getOptions().getNamespace(), address, () -> client, () -> {});
    }

    private TemporalConnection(
            WorkflowServiceStubs stubs,
            String namespace,
            String address,
            Supplier<WorkflowClient> opening,
            Runnable closing) {
        this.stubs = stubs;
        this.closing = closing;
        this.namespace = namespace;
        this.address = address;
        this.opening = opening;
    }

    /**
     * Connects and asks the server who it is.
     *
     * @throws io.k8sincident.cli.output.Problem if it does not answer within five seconds
     */
    public static TemporalConnection open(TemporalSettings settings) {
        ChannelThread thread = new ChannelThread();
        WorkflowServiceStubs stubs = WorkflowServiceStubs.newServiceStubs(
                thread.used(settings.profile().toWorkflowServiceStubsOptions())
                        .setRpcRetryOptions(RpcRetryOptions.newBuilder()
                                .setExpiration(Duration.ofSeconds(ANSWER_SECONDS))
                                .validateBuildWithDefaults())
                        .build());
        TemporalConnection connection = new TemporalConnection(
                stubs, settings.namespace(), settings.address(), () -> client(settings, stubs), thread::close);
        try {
            var unused = connection.service().getSystemInfo(GetSystemInfoRequest.getDefaultInstance());
            return connection;
        } catch (StatusRuntimeException e) {
            connection.close();
            throw TemporalErrors.unreachable(settings.address(), settings.origin(), e);
        }
    }

    private static WorkflowClient client(TemporalSettings settings, WorkflowServiceStubs stubs) {
        return WorkflowClient.newInstance(
                stubs,
                WorkflowClientOptions.newBuilder(settings.profile().toWorkflowClientOptions())
                        .setDataConverter(WireFormat.dataConverter())
                        .build());
    }

    public String address() {
        return address;
    }

    public String namespace() {
        return namespace;
    }

    /** Made when first asked for: it costs a JSON mapper, which the inbox does not need. */
    synchronized WorkflowClient client() {
        if (client == null) {
            client = opening.get();
        }
        return client;
    }

    Channel channel() {
        return stubs.getRawChannel();
    }

    /** The service with a deadline on each call. */
    public WorkflowServiceBlockingStub service() {
        return stubs.blockingStub().withDeadlineAfter(ANSWER_SECONDS, TimeUnit.SECONDS);
    }

    WorkflowStub stub(String workflowId, String runId) {
        return client().newUntypedWorkflowStub(WorkflowTargetOptions.newBuilder()
                .setWorkflowId(workflowId)
                .setRunId(runId)
                .build());
    }

    @Override
    public void close() {
        stubs.shutdownNow();
        closing.run();
    }
}
