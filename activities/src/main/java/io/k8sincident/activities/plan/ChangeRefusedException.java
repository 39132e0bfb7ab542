package io.k8sincident.activities.plan;

/** An action cannot be made of the object as it is; the message says why, without a next command. */
public final class ChangeRefusedException extends RuntimeException {
    public ChangeRefusedException(String message) {
        super(message);
    }
}
