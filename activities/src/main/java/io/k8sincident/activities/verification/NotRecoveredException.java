package io.k8sincident.activities.verification;

/** It cannot count as recovered any more, whatever comes; the message says why. */
final class NotRecoveredException extends RuntimeException {
    NotRecoveredException(String why) {
        super(why);
    }
}
