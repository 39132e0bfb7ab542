package io.k8sincident.workflows.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a human sends for one plan digest: the argument of the signal {@code decide}. Only {@code planDigest} and
 * {@code verdict} are needed where the policy accepts unverified decisions; what is absent is not checked.
 *
 * @param proof an OpenSSH signature over the other fields
 * @param breakGlass why the policy's normal ruling is to be lifted; absent from a normal decision
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Decision(
        int version,
        @Nullable String decisionId,
        @Nullable String cluster,
        @Nullable String workflowId,
        @Nullable String runId,
        String planDigest,
        Verdict verdict,
        @Nullable String approver,
        @Nullable String reason,
        @Nullable Instant expiresAt,
        @Nullable String proof,
        @Nullable String breakGlass) {
    /** The same with this signature. */
    public Decision provenBy(@Nullable String signature) {
        return new Decision(
                version,
                decisionId,
                cluster,
                workflowId,
                runId,
                planDigest,
                verdict,
                approver,
                reason,
                expiresAt,
                signature,
                breakGlass);
    }
}
