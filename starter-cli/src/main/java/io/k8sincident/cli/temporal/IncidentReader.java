package io.k8sincident.cli.temporal;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.PendingActivityState;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Looks at one incident's workflow without needing a worker. */
public final class IncidentReader {
    /** A worker that polls takes an activity up at once; a busy one may be slower. */
    private static final Duration SOON_TAKEN_UP = Duration.ofSeconds(5);

    private final TemporalConnection connection;

    public IncidentReader(TemporalConnection connection) {
        this.connection = connection;
    }

    /** The newest run with this workflow id. */
    public Optional<IncidentEntry> newest(String workflowId) {
        return describe(workflowId, "").map(answer -> IncidentEntry.of(answer.getWorkflowExecutionInfo()));
    }

    /** The same run as it is now. */
    public IncidentEntry refresh(IncidentEntry entry) {
        return describe(entry.workflowId(), entry.runId())
                .map(answer -> IncidentEntry.of(answer.getWorkflowExecutionInfo()))
                .orElse(entry);
    }

    /** Why its activities are not done: what those said last that will be tried again, and whether anybody takes them up. */
    public List<String> waitsFor(IncidentEntry entry) {
        return describe(entry.workflowId(), entry.runId())
                .map(answer -> answer.getPendingActivitiesList().stream()
                        .flatMap(activity -> waitsFor(activity).stream())
                        .toList())
                .orElse(List.of());
    }

    private static Optional<String> waitsFor(PendingActivityInfo activity) {
        String name = activity.getActivityType().getName();
        if (activity.hasLastFailure()) {
            return Optional.of(name + ": " + activity.getLastFailure().getMessage());
        }
        Instant since = Instant.ofEpochSecond(activity.getScheduledTime().getSeconds());
        if (activity.getState() != PendingActivityState.PENDING_ACTIVITY_STATE_SCHEDULED
                || since.plus(SOON_TAKEN_UP).isAfter(Instant.now())) {
            return Optional.empty();
        }
        String queue = activity.getActivityOptions().getTaskQueue().getName();
        return Optional.of(name + ": no worker has taken it up since " + since + ", so nothing of it was done; if none"
                + (queue.isEmpty() ? " runs" : " serves task queue " + queue) + ": incident worker");
    }

    private Optional<DescribeWorkflowExecutionResponse> describe(String workflowId, String runId) {
        try {
            return Optional.of(connection
                    .service()
                    .describeWorkflowExecution(DescribeWorkflowExecutionRequest.newBuilder()
                            .setNamespace(connection.namespace())
                            .setExecution(WorkflowExecution.newBuilder()
                                    .setWorkflowId(workflowId)
                                    .setRunId(runId))
                            .build()));
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
