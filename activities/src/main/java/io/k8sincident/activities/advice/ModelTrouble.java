package io.k8sincident.activities.advice;

/** Why a model gave no answer that can be used, in words for the advice. */
final class ModelTrouble extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean ofTheServer;

    private ModelTrouble(boolean ofTheServer, String message) {
        super(message);
        this.ofTheServer = ofTheServer;
    }

    /** The server is away, too slow or broken: asking it again soon is not worth the wait. */
    static ModelTrouble server(String message) {
        return new ModelTrouble(true, message);
    }

    /** The server is well; this question, this model or this answer is not. */
    static ModelTrouble answer(String message) {
        return new ModelTrouble(false, message);
    }

    boolean ofTheServer() {
        return ofTheServer;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
