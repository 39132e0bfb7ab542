package io.k8sincident.activities.policy;

/** A policy cannot be used; the message names file and line, says what is wrong and how to mend it. */
public final class PolicyException extends RuntimeException {
    public PolicyException(String message) {
        super(message);
    }
}
