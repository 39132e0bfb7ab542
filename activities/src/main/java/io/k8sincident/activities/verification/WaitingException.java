package io.k8sincident.activities.verification;

/** It is not decided yet; the message says what is waited for. */
final class WaitingException extends RuntimeException {
    WaitingException(String what) {
        super(what);
    }
}
