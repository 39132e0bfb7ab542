package io.k8sincident.cli.temporal;

import io.grpc.Status;
import io.k8sincident.workflows.model.IncidentRequest;
import io.k8sincident.workflows.model.Target;
import io.k8sincident.workflows.workflow.IncidentId;
import io.k8sincident.workflows.workflow.IncidentSearchAttributes;
import io.k8sincident.workflows.workflow.TaskQueues;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowServiceException;
import java.util.Locale;

/** Opens the incident of a target, or joins the one that is open: its workflow id is the lock. */
public final class IncidentStarter {
    private final WorkflowClient client;

    public IncidentStarter(TemporalConnection connection) {
        this.client = connection.client();
    }

    /**
     * What came of it.
     *
     * @param joined whether the incident was open before
     */
    public record Started(String workflowId, String runId, boolean joined) {}

    /** Opens or joins it. */
    public Started start(IncidentRequest request) {
        String id = IncidentId.of(request.cluster(), request.target());
        try {
            return new Started(id, open(id, request).getRunId(), false);
        } catch (WorkflowExecutionAlreadyStarted e) {
            return new Started(id, e.getExecution().getRunId(), true);
        }
    }

    private WorkflowExecution open(String id, IncidentRequest request) {
        WorkflowOptions options = options(id, request);
        try {
            return client.newUntypedWorkflowStub(
                            IncidentEntry.TYPE,
                            options.toBuilder()
                                    .setTypedSearchAttributes(IncidentSearchAttributes.atStart(request.target()))
                                    .build())
                    .start(request);
        } catch (WorkflowServiceException e) {
            if (!attributesUnknown(e)) {
                throw e;
            }
            return client.newUntypedWorkflowStub(IncidentEntry.TYPE, options).start(request);
        }
    }

    /** Conflicts fail rather than use the open one, because only a failure tells apart who opened it. */
    private static WorkflowOptions options(String id, IncidentRequest request) {
        Target target = request.target();
        return WorkflowOptions.newBuilder()
                .setWorkflowId(id)
                .setTaskQueue(TaskQueues.INCIDENTS)
                .setWorkflowIdConflictPolicy(WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_FAIL)
                .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
                .setStaticSummary(target.path() + " · " + request.mode())
                .setStaticDetails("Incident of **" + target.path() + "** in cluster " + request.cluster() + ", mode "
                        + request.mode() + ".\n\n"
                        + "The current details show its phase, evidence, proposal and what can be done.")
                .build();
    }

    private static boolean attributesUnknown(WorkflowServiceException failure) {
        return TemporalErrors.status(failure)
                .filter(status -> status.getCode() == Status.Code.INVALID_ARGUMENT)
                .map(status -> String.valueOf(status.getDescription()).toLowerCase(Locale.ROOT))
                .filter(text -> text.contains("search attribute"))
                .isPresent();
    }
}
