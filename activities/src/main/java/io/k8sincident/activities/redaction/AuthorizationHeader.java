package io.k8sincident.activities.redaction;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What stands in an Authorization or Cookie header (RFC 9110, RFC 6265), or after {@code Bearer} or {@code Basic}. */
final class AuthorizationHeader implements Detector {
    private static final Set<String> SCHEMES =
            Set.of("bearer", "basic", "token", "digest", "negotiate", "apikey", "aws4-hmac-sha256");
    private static final int SHORTEST_BARE_TOKEN = 16;
    private static final int SHORTEST_UNNAMED = 8;
    private static final int LONGEST_COOKIE_NAME = 128;

    @Override
    public List<String> triggers() {
        return List.of("authorization", "cookie", "bearer ", "basic ");
    }

    @Override
    public @Nullable Span at(String text, int start, int end) {
        return switch (Character.toLowerCase(text.charAt(start))) {
            case 'a' -> header(text, end);
            case 'c' -> cookie(text, end);
            default -> bare(text, start, end);
        };
    }

    private static @Nullable Span header(String text, int end) {
        int value = Separator.valueAfter(text, end);
        if (value < 0) {
            return null;
        }
        // Go prints the values of a header in brackets.
        value = text.charAt(value) == '[' ? value + 1 : value;
        int wordEnd = tokenEnd(text, value);
        String scheme = text.substring(value, wordEnd).toLowerCase(Locale.ROOT);
        if (SCHEMES.contains(scheme) && wordEnd < text.length() && text.charAt(wordEnd) == ' ') {
            return Span.of(wordEnd + 1, lineEnd(text, wordEnd + 1), scheme);
        }
        boolean word = scheme.chars().allMatch(Character::isLetter);
        return word || wordEnd - value < SHORTEST_UNNAMED ? null : Span.of(value, wordEnd, "authorization");
    }

    private static @Nullable Span cookie(String text, int end) {
        int value = Separator.valueAfter(text, end);
        if (value < 0) {
            return null;
        }
        int limit = Math.min(text.length(), value + LONGEST_COOKIE_NAME);
        for (int i = value; i < limit && isInside(text.charAt(i)); i++) {
            if (text.charAt(i) == '=') {
                return Span.of(value, lineEnd(text, value), "cookie");
            }
        }
        return null;
    }

    private static @Nullable Span bare(String text, int start, int end) {
        int stop = tokenEnd(text, end);
        String value = text.substring(end, stop);
        if (Character.toLowerCase(text.charAt(start + 1)) == 'e') {
            boolean token =
                    value.length() >= SHORTEST_BARE_TOKEN && !value.chars().allMatch(Character::isLetter);
            return token ? Span.of(end, stop, "bearer") : null;
        }
        return isUserAndPassword(value) ? Span.of(end, stop, "basic") : null;
    }

    private static boolean isUserAndPassword(String base64) {
        if (base64.length() < 4 || base64.length() > 1_024) {
            return false;
        }
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8).indexOf(':') > 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static int tokenEnd(String text, int from) {
        int i = from;
        while (i < text.length()
                && (Chars.isBase64(text.charAt(i)) || text.charAt(i) == '.' || text.charAt(i) == '~')) {
            i++;
        }
        return i;
    }

    /** The end of the header's value: of the line, or of the quotes or brackets that it stands in. */
    private static int lineEnd(String text, int from) {
        int i = from;
        while (i < text.length() && isInside(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private static boolean isInside(char c) {
        return c >= ' ' && !Chars.isQuote(c) && c != ']';
    }
}
