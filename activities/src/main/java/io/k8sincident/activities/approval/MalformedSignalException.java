package io.k8sincident.activities.approval;

/** What was signalled cannot be read; the message names the field and what is wrong with it. */
public final class MalformedSignalException extends RuntimeException {
    MalformedSignalException(String message) {
        super(message);
    }
}
