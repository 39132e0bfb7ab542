package io.k8sincident.activities.approval.ssh;

/** A file of allowed signers cannot be used; the message names the file, the line and the remedy. */
public final class AllowedSignersException extends RuntimeException {
    AllowedSignersException(String message) {
        super(message);
    }
}
