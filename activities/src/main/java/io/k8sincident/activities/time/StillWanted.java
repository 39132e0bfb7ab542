package io.k8sincident.activities.time;

import com.google.protobuf.ByteString;
import io.grpc.StatusRuntimeException;
import io.k8sincident.workflows.model.ErrorCode;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.api.workflowservice.v1.RecordActivityTaskHeartbeatRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.failure.ApplicationFailure;
import java.util.concurrent.TimeUnit;

/**
 * Asks the server whether it still waits for an activity. The context's own heartbeat does not: it takes a server that does
 * not answer for one that agrees, and says no while a worker shuts down.
 */
final class StillWanted {
    private static final long SECONDS = 5;

    private StillWanted() {}

    /** @throws ApplicationFailure unless the server says that it does */
    static void require(ActivityExecutionContext context) {
        WorkflowClient client = context.getWorkflowClient();
        try {
            var unused = client.getWorkflowServiceStubs()
                    .blockingStub()
                    .withDeadlineAfter(SECONDS, TimeUnit.SECONDS)
                    .recordActivityTaskHeartbeat(RecordActivityTaskHeartbeatRequest.newBuilder()
                            .setNamespace(client.getOptions().getNamespace())
                            .setIdentity(String.valueOf(client.getOptions().getIdentity()))
                            .setTaskToken(ByteString.copyFrom(context.getInfo().getTaskToken()))
                            .build());
        } catch (StatusRuntimeException e) {
            throw ApplicationFailure.newFailureWithCause(
                    "Temporal does not say that this attempt is still waited for ("
                            + e.getStatus().getCode() + "). Nothing was sent",
                    ErrorCode.INTERNAL.name(),
                    e);
        }
    }
}
