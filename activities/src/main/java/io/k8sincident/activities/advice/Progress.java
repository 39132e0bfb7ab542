package io.k8sincident.activities.advice;

import java.time.Duration;

/**
 * How far the model is. Counts only: what it writes is shown to nobody before it is checked.
 *
 * @param stage what it does
 * @param tokens of the answer, so far
 * @param elapsed since it was asked
 */
public record Progress(Stage stage, int tokens, Duration elapsed) {

    /** In this order. */
    public enum Stage {
        /** Others are being advised. */
        WAITING,
        /** The model reads the prompt. */
        READING,
        /** The model writes its answer. */
        WRITING
    }

    /** Who wants to know. */
    @FunctionalInterface
    public interface Listener {
        void progressed(Progress progress);
    }
}
