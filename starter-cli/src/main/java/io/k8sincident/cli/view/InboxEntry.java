package io.k8sincident.cli.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One incident in the inbox.
 *
 * @param target {@code demo/deployment/crashy}
 * @param phase of an open incident; of a closed one, its outcome
 * @param next the command that brings it forward
 * @param breakGlass whether it went ahead against the policy, as far as that was asked of it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record InboxEntry(
        String workflowId,
        String runId,
        boolean open,
        Instant openedAt,
        String target,
        String cause,
        String phase,
        String risk,
        @Nullable Instant deadline,
        String next,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean breakGlass) {
    /** The same with the time until which its plan waits. */
    public InboxEntry withDeadline(@Nullable Instant time) {
        return new InboxEntry(workflowId, runId, open, openedAt, target, cause, phase, risk, time, next, breakGlass);
    }

    /** The same, marked if the glass was broken. */
    public InboxEntry withBreakGlass(boolean broken) {
        return new InboxEntry(workflowId, runId, open, openedAt, target, cause, phase, risk, deadline, next, broken);
    }
}
