package io.k8sincident.activities.advice;

/**
 * A finished answer of the server.
 *
 * @param content what the model wrote, at most {@value #LONGEST} characters
 * @param cut whether it was ended by its length
 * @param promptTokens that the server read; 0 if it did not say
 * @param answerTokens that the model wrote; 0 if the server did not say
 */
record ChatAnswer(String content, boolean cut, int promptTokens, int answerTokens) {
    static final int LONGEST = 65_536;
}
