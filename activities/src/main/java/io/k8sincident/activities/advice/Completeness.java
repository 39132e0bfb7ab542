package io.k8sincident.activities.advice;

/**
 * Whether a model read the whole prompt and wrote its whole answer. A server cuts what is too long without a word; only
 * its counts tell.
 */
final class Completeness {
    /** No vocabulary makes so few tokens of a text as this share of what was estimated. */
    private static final int IMPLAUSIBLE = 5;

    private Completeness() {}

    static void check(AdviceSettings settings, Prompt prompt, ChatAnswer answer) throws ModelTrouble {
        int read = answer.promptTokens();
        if (read <= 0) {
            throw ModelTrouble.answer("the server did not say how much of the prompt the model read");
        }
        if (read > settings.contextTokens() - settings.answerTokens() || read < prompt.estimate() / IMPLAUSIBLE) {
            throw ModelTrouble.answer("the model read " + read + " tokens of a prompt of about " + prompt.estimate()
                    + ", so that it was cut or left no room for the answer (num_ctx " + settings.contextTokens() + ")");
        }
        if (answer.cut()) {
            throw ModelTrouble.answer("the model's answer was cut at " + answer.answerTokens() + " tokens (num_predict "
                    + settings.answerTokens() + ")");
        }
    }
}
