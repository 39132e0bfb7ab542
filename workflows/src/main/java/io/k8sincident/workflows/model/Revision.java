package io.k8sincident.workflows.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a human sends to get a new plan with other values: the argument of the signal {@code revise}. What is absent is not
 * checked; a proof needs all of it but the reason.
 *
 * @param proof an OpenSSH signature over the other fields
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Revision(
        int version,
        @Nullable String revisionId,
        List<HumanValue> values,
        @Nullable String requester,
        @Nullable String reason,
        @Nullable String cluster,
        @Nullable String workflowId,
        @Nullable String runId,
        @Nullable Instant expiresAt,
        @Nullable String proof) {
    public Revision {
        values = List.copyOf(values);
    }
}
