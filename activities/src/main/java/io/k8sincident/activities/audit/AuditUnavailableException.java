package io.k8sincident.activities.audit;

import io.k8sincident.activities.failure.CodedException;
import io.k8sincident.workflows.model.ErrorCode;
import org.jspecify.annotations.Nullable;

/** The audit trail cannot be written or read: nothing may be changed before it can. */
public final class AuditUnavailableException extends CodedException {
    public AuditUnavailableException(String message, @Nullable Throwable cause) {
        super(ErrorCode.AUDIT_UNAVAILABLE, message, cause);
    }
}
