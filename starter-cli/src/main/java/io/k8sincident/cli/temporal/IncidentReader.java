package io.k8sincident.cli.temporal;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import java.util.List;
import java.util.Optional;

/** Looks at one incident's workflow without needing a worker. */
public final class IncidentReader {
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

    /** What its activities that failed and will be tried again said last. */
    public List<String> waitsFor(IncidentEntry entry) {
        return describe(entry.workflowId(), entry.runId())
                .map(answer -> answer.getPendingActivitiesList().stream()
                        .filter(PendingActivityInfo::hasLastFailure)
                        .map(activity -> activity.getActivityType().getName() + ": "
                                + activity.getLastFailure().getMessage())
                        .toList())
                .orElse(List.of());
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
