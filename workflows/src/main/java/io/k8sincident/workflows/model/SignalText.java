package io.k8sincident.workflows.model;

import java.time.Instant;

/**
 * The argument of a signal as it came, bounded: whoever may signal may send anything.
 *
 * @param text at most {@value #KEPT} characters of it
 * @param bytes how long it was
 * @param digest {@code sha256:} of all of it
 */
public record SignalText(String text, int bytes, String digest, Instant receivedAt) {
    public static final int KEPT = 16_384;

    public boolean truncated() {
        return bytes > KEPT;
    }
}
