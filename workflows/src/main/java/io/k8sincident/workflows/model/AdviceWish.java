package io.k8sincident.workflows.model;

import java.time.Duration;

/**
 * That a model shall be asked for its view of the incident, beside what the rules find. It changes nothing else.
 *
 * @param deadline how long one answer of the model may take; the incident stays open for it when all else is done
 */
public record AdviceWish(Duration deadline) {
    public static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(90);
    public static final Duration LONGEST_DEADLINE = Duration.ofMinutes(10);

    public AdviceWish {
        if (deadline.compareTo(Duration.ofSeconds(1)) < 0 || deadline.compareTo(LONGEST_DEADLINE) > 0) {
            throw new IllegalArgumentException(
                    "the deadline of the model must lie between 1 second and 10 minutes, not " + deadline);
        }
    }
}
