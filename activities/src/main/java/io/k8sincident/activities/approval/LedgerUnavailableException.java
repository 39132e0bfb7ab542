package io.k8sincident.activities.approval;

import io.k8sincident.activities.failure.CodedException;
import io.k8sincident.workflows.model.ErrorCode;

/** The ledger cannot be read or written: no decision counts before it can. */
public final class LedgerUnavailableException extends CodedException {
    public LedgerUnavailableException(String message, Throwable cause) {
        super(ErrorCode.AUDIT_UNAVAILABLE, message, cause);
    }
}
