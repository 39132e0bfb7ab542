package io.k8sincident.scenarios.json;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as the API writes them: UTC, whole seconds. */
public final class Timestamps {
    private Timestamps() {}

    /** The present second. */
    public static String now() {
        return of(Instant.now());
    }

    /** The second in which the instant lies. */
    public static String of(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
