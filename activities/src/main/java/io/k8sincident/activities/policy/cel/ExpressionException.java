package io.k8sincident.activities.policy.cel;

/** An expression cannot be used, or had no answer; the message says why. */
public final class ExpressionException extends Exception {
    private final int line;

    ExpressionException(int line, String message) {
        super(message);
        this.line = line;
    }

    /** The line of the expression that is wrong, the first being 1. */
    public int line() {
        return line;
    }
}
