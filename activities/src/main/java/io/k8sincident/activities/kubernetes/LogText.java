package io.k8sincident.activities.kubernetes;

import io.k8sincident.activities.evidence.ContainerLog;
import io.k8sincident.activities.redaction.Printable;
import io.k8sincident.activities.redaction.Redactor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Makes a log fit for a snapshot: readable, redacted, and at most {@link ContainerLog#LONGEST_BYTES} of its end. */
final class LogText {
    private LogText() {}

    /**
     * The end of a log.
     *
     * @param beginningMissing whether the first line may be the rest of one, which could be the rest of a credential
     */
    static String of(String raw, boolean beginningMissing) {
        String whole = beginningMissing ? raw.substring(raw.indexOf('\n') + 1) : raw;
        return end(Redactor.text(Printable.block(whole)));
    }

    private static String end(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= ContainerLog.LONGEST_BYTES) {
            return text;
        }
        int from = bytes.length - ContainerLog.LONGEST_BYTES;
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i - 1] == '\n') {
                return decoded(bytes, i);
            }
        }
        while (from < bytes.length && (bytes[from] & 0xc0) == 0x80) {
            from++;
        }
        return decoded(bytes, from);
    }

    private static String decoded(byte[] bytes, int from) {
        return StandardCharsets.UTF_8
                .decode(ByteBuffer.wrap(bytes, from, bytes.length - from))
                .toString();
    }
}
