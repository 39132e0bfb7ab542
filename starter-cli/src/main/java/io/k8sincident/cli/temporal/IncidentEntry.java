package io.k8sincident.cli.temporal;

import com.google.protobuf.Timestamp;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One run of an incident's workflow, as Temporal lists it.
 *
 * @param ended how it ended in Temporal's words, such as {@code COMPLETED} or {@code TERMINATED}; empty while it is open
 */
public record IncidentEntry(
        String workflowId,
        String runId,
        boolean open,
        String ended,
        Instant startedAt,
        @Nullable Instant closedAt,
        IncidentAttributes attributes) {
    /** The type of the workflow of {@link io.k8sincident.workflows.workflow.IncidentWorkflow}. */
    static final String TYPE = "Incident";

    static IncidentEntry of(WorkflowExecutionInfo info) {
        boolean open = info.getStatus() == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
        return new IncidentEntry(
                info.getExecution().getWorkflowId(),
                info.getExecution().getRunId(),
                open,
                open ? "" : info.getStatus().name().replace("WORKFLOW_EXECUTION_STATUS_", ""),
                time(info.getStartTime()),
                info.hasCloseTime() ? time(info.getCloseTime()) : null,
                IncidentAttributes.of(info.getSearchAttributes()));
    }

    private static Instant time(Timestamp timestamp) {
        return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
    }

    static boolean isIncident(WorkflowExecutionInfo info) {
        return info.getType().getName().equals(TYPE)
                && IncidentName.parse(info.getExecution().getWorkflowId()).isPresent();
    }

    /** Whether it has a result: an incident that ended by its own rules. */
    public boolean completed() {
        return ended.equals("COMPLETED");
    }

    /** Whether it was cancelled and has ended; it has an outcome then, but no result in its history. */
    public boolean cancelled() {
        return ended.equals("CANCELED");
    }

    /** What it is about. */
    public IncidentName name() {
        return IncidentName.parse(workflowId)
                .orElseGet(() -> new IncidentName("", "-", TYPE.toLowerCase(Locale.ROOT), workflowId));
    }
}
