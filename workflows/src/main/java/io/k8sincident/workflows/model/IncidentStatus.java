package io.k8sincident.workflows.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one incident: the answer to the query {@code status} while it is open, and the workflow's result
 * once it is closed.
 *
 * @param refusedRevisions why a revision led to no new plan, oldest first
 * @param deadline until when the plan waits for a decision
 * @param outcome present once it is closed
 * @param reason why it ended so, with what was or was not changed
 * @param nextCommands what a person may type next
 * @param record path of the remediation record, if something was executed
 * @param advice what a model said, once it did, if it was to be asked; it decides nothing
 */
public record IncidentStatus(
        String workflowId,
        String runId,
        IncidentRequest request,
        Phase phase,
        Instant openedAt,
        @Nullable Investigation investigation,
        @Nullable Proposal proposal,
        List<String> refusedRevisions,
        @Nullable Instant deadline,
        List<Ruling> rulings,
        List<Execution> executions,
        @Nullable Verification verification,
        @Nullable Execution restoration,
        @Nullable Outcome outcome,
        String reason,
        List<String> nextCommands,
        @Nullable String record,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Advice advice) {
    public IncidentStatus {
        refusedRevisions = List.copyOf(refusedRevisions);
        rulings = List.copyOf(rulings);
        executions = List.copyOf(executions);
        nextCommands = List.copyOf(nextCommands);
    }
}
