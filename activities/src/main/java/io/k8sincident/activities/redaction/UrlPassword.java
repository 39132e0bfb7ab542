package io.k8sincident.activities.redaction;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The password in {@code scheme://user:password@host} (RFC 3986, 3.2.1), and a token that stands there alone. */
final class UrlPassword implements Detector {
    /** Long enough for any token, and for cutting off what is no URL. */
    private static final int LONGEST_USERINFO = 4_096;
    /** Shorter names before the @ are users, not tokens. */
    private static final int SHORTEST_TOKEN = 20;

    private static final String TRIGGER = "://";

    @Override
    public List<String> triggers() {
        return List.of(TRIGGER);
    }

    @Override
    public @Nullable Span at(String text, int start, int end) {
        int colon = -1;
        int at = -1;
        boolean port = true;
        int limit = Math.min(text.length(), end + LONGEST_USERINFO);
        for (int i = end; i < limit; i++) {
            char c = text.charAt(i);
            if (c == ':' && colon < 0) {
                colon = i;
                continue;
            }
            if (c == '@') {
                at = i;
            } else if (isOutside(c) || (at >= 0 && (c == '/' || c == '?' || c == ','))) {
                break;
            } else if ((c == '/' || c == '?') && (colon < 0 || port)) {
                return null;
            }
            port &= colon < 0 || (c >= '0' && c <= '9');
        }
        if (at < 0) {
            return Span.nothingTo(withoutUserinfo(text, end));
        }
        if (colon >= 0 && colon < at) {
            return colon + 1 == at ? null : Span.of(colon + 1, at, "url-password");
        }
        return at - end >= SHORTEST_TOKEN ? Span.of(end, at, "url-token") : null;
    }

    /** Before where a trigger has no @ within its reach, as the one whose end this is. */
    private static int withoutUserinfo(String text, int end) {
        int i = end;
        while (i < text.length() && text.charAt(i) != '@' && !isOutside(text.charAt(i))) {
            i++;
        }
        boolean later = i < text.length() && text.charAt(i) == '@';
        return later ? i - LONGEST_USERINFO - TRIGGER.length() : i;
    }

    private static boolean isOutside(char c) {
        return c <= ' ' || Chars.isQuote(c);
    }
}
