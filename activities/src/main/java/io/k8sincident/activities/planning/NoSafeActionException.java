package io.k8sincident.activities.planning;

/** Nothing can be planned; the message is what a human must answer or do. */
final class NoSafeActionException extends RuntimeException {
    NoSafeActionException(String question) {
        super(question);
    }
}
