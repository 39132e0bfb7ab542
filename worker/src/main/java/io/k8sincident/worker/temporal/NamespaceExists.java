package io.k8sincident.worker.temporal;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** That the namespace is there. It is not created: retention and ownership are for its operators to decide. */
final class NamespaceExists implements Precondition {
    private final WorkflowServiceStubs stubs;
    private final TemporalSettings settings;

    NamespaceExists(WorkflowServiceStubs stubs, TemporalSettings settings) {
        this.stubs = stubs;
        this.settings = settings;
    }

    @Override
    public Optional<Obstacle> check() {
        try {
            var unused = stubs.blockingStub()
                    .withDeadlineAfter(5, TimeUnit.SECONDS)
                    .describeNamespace(DescribeNamespaceRequest.newBuilder()
                            .setNamespace(settings.namespace())
                            .build());
            return Optional.empty();
        } catch (StatusRuntimeException e) {
            return obstacle(e.getStatus());
        }
    }

    private Optional<Obstacle> obstacle(Status status) {
        String namespace = "the namespace " + settings.namespace() + " at " + settings.address();
        return switch (status.getCode()) {
            // Who may not look at a namespace may still be allowed to work in it.
            case PERMISSION_DENIED, UNIMPLEMENTED -> Optional.empty();
            case NOT_FOUND ->
                Optional.of(new Obstacle(
                        namespace,
                        "create it with `temporal operator namespace create --namespace " + settings.namespace()
                                + " --address " + settings.address() + "`, or set TEMPORAL_NAMESPACE"));
            default ->
                Optional.of(new Obstacle(
                        namespace + " (" + RpcStatus.inWords(status) + ")",
                        "see `temporal operator namespace describe --namespace " + settings.namespace() + " --address "
                                + settings.address() + "`"));
        };
    }
}
