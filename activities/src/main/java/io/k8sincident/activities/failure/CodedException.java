package io.k8sincident.activities.failure;

import io.k8sincident.workflows.model.ErrorCode;
import org.jspecify.annotations.Nullable;

/** A step could not be done, for a reason that has an error code. */
public abstract class CodedException extends RuntimeException {
    private final ErrorCode code;

    protected CodedException(ErrorCode code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public ErrorCode code() {
        return code;
    }
}
