package io.k8sincident.worker.temporal;

/**
 * What the worker waits for, and what a person can do about it.
 *
 * @param awaited a noun phrase, such as {@code the Temporal server at 127.0.0.1:7233 (connection refused)}
 * @param remedy an imperative, with the command
 */
record Obstacle(String awaited, String remedy) {
    String sentence() {
        return "waiting for " + awaited + ": " + remedy;
    }
}
