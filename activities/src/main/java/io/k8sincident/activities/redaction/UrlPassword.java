package io.k8sincident.activities.redaction;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The password in {@code scheme://user:password@host} (RFC 3986, 3.2.1), and a token that stands there alone. */
final class UrlPassword implements Detector {
    /** Long enough for any token, and for cutting off what is no URL. */
    private static final int LONGEST_USERINFO = 4_096;
    /** Shorter names before the @ are users, not tokens. */
    private static final int SHORTEST_TOKEN = 20;

    @Override
    public List<String> triggers() {
        return List.of("://");
    }

    @Override
    public @Nullable Span at(String text, int start, int end) {
        int colon = -1;
        int at = -1;
        int limit = Math.min(text.length(), end + LONGEST_USERINFO);
        for (int i = end; i < limit; i++) {
            char c = text.charAt(i);
            if (c == '@') {
                at = i;
            } else if (c == ':' && colon < 0) {
                colon = i;
            } else if (c <= ' ' || Chars.isQuote(c) || (at >= 0 && (c == '/' || c == '?' || c == ','))) {
                break;
            } else if ((c == '/' || c == '?') && (colon < 0 || isPort(text, colon + 1, i))) {
                break;
            }
        }
        if (at < 0) {
            return null;
        }
        if (colon >= 0 && colon < at) {
            return colon + 1 == at ? null : Span.of(colon + 1, at, "url-password");
        }
        return at - end >= SHORTEST_TOKEN ? Span.of(end, at, "url-token") : null;
    }

    private static boolean isPort(String text, int from, int to) {
        return text.substring(from, to).chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
