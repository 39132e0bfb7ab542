package io.k8sincident.worker.temporal;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** That the Temporal server answers, and lets us in. */
final class ServerAnswers implements Precondition {
    /** Short at first, so that a server that does not even refuse is reported at once. */
    private static final Duration FIRST_DEADLINE = Duration.ofSeconds(2);

    private static final Duration DEADLINE = Duration.ofSeconds(5);

    private final WorkflowServiceStubs stubs;
    private final String address;
    private Duration deadline = FIRST_DEADLINE;

    ServerAnswers(WorkflowServiceStubs stubs, String address) {
        this.stubs = stubs;
        this.address = address;
    }

    @Override
    public Optional<Obstacle> check() {
        try {
            // Otherwise the channel would not even try again for up to a minute.
            stubs.getRawChannel().resetConnectBackoff();
            var unused = stubs.blockingStub()
                    .withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS)
                    .getSystemInfo(GetSystemInfoRequest.getDefaultInstance());
            return Optional.empty();
        } catch (StatusRuntimeException e) {
            return Optional.of(obstacle(e.getStatus()));
        } finally {
            deadline = DEADLINE;
        }
    }

    private Obstacle obstacle(Status status) {
        String server = "the Temporal server at " + address + " (" + RpcStatus.inWords(status) + ")";
        return switch (status.getCode()) {
            case UNAUTHENTICATED, PERMISSION_DENIED ->
                new Obstacle(
                        server,
                        "it refuses these credentials; stop the worker and correct TEMPORAL_API_KEY or the client"
                                + " certificate");
            default ->
                new Obstacle(
                        server,
                        "start one with `incident up` or `temporal server start-dev`, or set TEMPORAL_ADDRESS"
                                + " (and TEMPORAL_TLS, if it speaks TLS)");
        };
    }
}
