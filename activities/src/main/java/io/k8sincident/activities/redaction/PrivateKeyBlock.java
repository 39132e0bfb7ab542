package io.k8sincident.activities.redaction;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A PEM private key (RFC 7468), also one whose begin or end was cut off, and one whose line breaks are written as
 * {@code \n}. Redacted as a whole.
 */
final class PrivateKeyBlock implements Detector {
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";
    private static final int LONGEST_LABEL = 40;
    private static final int LONGEST_BODY = 16_384;

    @Override
    public List<String> triggers() {
        return List.of("-----begin ", "-----end ");
    }

    @Override
    public @Nullable Span at(String text, int start, int end) {
        int label = labelEnd(text, end);
        if (label < 0) {
            return null;
        }
        return text.startsWith(BEGIN, start)
                ? Span.of(start, blockEnd(text, label), "private-key")
                : Span.of(bodyStart(text, start), label, "private-key");
    }

    /** Where {@code … PRIVATE KEY-----} ends; -1 if that is not what follows. */
    private static int labelEnd(String text, int from) {
        String label = text.substring(from, Math.min(text.length(), from + LONGEST_LABEL));
        int dashes = label.indexOf(DASHES);
        boolean privateKey = dashes >= 0
                && (label.startsWith("PRIVATE KEY", dashes - 11) || label.startsWith("PRIVATE KEY BLOCK", dashes - 17));
        return privateKey ? from + dashes + DASHES.length() : -1;
    }

    private static int blockEnd(String text, int from) {
        int limit = Math.min(text.length(), from + LONGEST_BODY);
        int marker = text.indexOf(DASHES, from);
        boolean closed = marker >= 0 && marker + DASHES.length() <= limit && text.startsWith(END, marker);
        int end = closed ? labelEnd(text, marker + END.length()) : -1;
        if (end >= 0) {
            return end;
        }
        int i = from;
        while (i < limit && isBody(text.charAt(i))) {
            i++;
        }
        return i;
    }

    /** Where the base64 begins whose begin marker was cut off. A line that holds more than base64 is no part of it. */
    private static int bodyStart(String text, int to) {
        int start = to;
        int i = to;
        while (i > 0 && to - i < LONGEST_BODY && isBody(text.charAt(i - 1))) {
            i--;
            if (i == 0 || text.charAt(i - 1) == '\n') {
                start = i;
            }
        }
        return start == to ? i : start;
    }

    /** Base64, line breaks, and their escapes. */
    private static boolean isBody(char c) {
        return Chars.isBase64(c) || c == '\n' || c == '\r' || c == '\\';
    }
}
