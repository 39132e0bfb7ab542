package io.k8sincident.activities.advice;

/**
 * Guesses how many tokens a text has, without the model's vocabulary: rather too many than too few. Vocabularies of
 * today's models split numbers into digits, keep most words whole, and need a token or more for a letter of other scripts.
 */
final class Tokens {
    /** What frames two messages in a chat template. */
    static final int FRAME = 32;

    private Tokens() {}

    static int estimate(String text) {
        double tokens = 0;
        for (int i = 0; i < text.length(); i++) {
            tokens += cost(text.charAt(i));
        }
        return (int) Math.ceil(tokens);
    }

    private static double cost(char c) {
        if ((c >= 'a' && c <= 'z') || c == ' ') {
            return 0.3;
        }
        return c >= 'A' && c <= 'Z' ? 0.5 : c > '~' ? 1.2 : 1;
    }
}
