package io.k8sincident.workflows.approval;

import io.k8sincident.workflows.model.SignalText;
import io.temporal.common.converter.RawValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The signals of one incident in the order in which they came. Signal handlers only put them here; the main loop takes
 * them up one by one. Used by the workflow's own thread alone.
 */
public final class Inbox {
    private final Queue<Signal> waiting = new ArrayDeque<>();

    /** Keeps what came, whatever it is; nothing at all is kept as an empty text. */
    public void put(Signal.Kind kind, @Nullable RawValue value, Instant now) {
        byte[] bytes =
                value == null ? new byte[0] : value.getPayload().getData().toByteArray();
        int kept = Math.min(bytes.length, SignalText.KEPT);
        String text = new String(bytes, 0, kept, StandardCharsets.UTF_8);
        waiting.add(new Signal(kind, new SignalText(text, bytes.length, digest(bytes), now)));
    }

    public boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Takes the oldest one out; there must be one. */
    public Signal take() {
        return waiting.remove();
    }

    private static String digest(byte[] bytes) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
