package io.k8sincident.activities.approval.ssh;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a line of the file says of its key beside the names (ALLOWED SIGNERS in ssh-keygen(1)). Immutable.
 *
 * @param namespaces for which it may sign; absent for all
 * @param noTouchRequired whether a hardware key may sign although nobody touched it. OpenSSH knows this option in
 *     {@code authorized_keys} only
 * @param verifyRequired whether a hardware key must have asked for PIN or fingerprint; likewise
 */
record SignerOptions(
        @Nullable PatternList namespaces,
        @Nullable Instant validAfter,
        @Nullable Instant validBefore,
        boolean noTouchRequired,
        boolean verifyRequired) {
    static final SignerOptions NONE = new SignerOptions(null, null, null, false, false);

    private static final List<String> FLAGS = List.of("cert-authority", "no-touch-required", "verify-required");
    private static final List<String> VALUES = List.of("namespaces", "valid-after", "valid-before");
    private static final DateTimeFormatter DAY = strict("uuuuMMdd");
    private static final DateTimeFormatter MINUTE = strict("uuuuMMddHHmm");
    private static final DateTimeFormatter SECOND = strict("uuuuMMddHHmmss");

    /** @throws SshFormatException for what is unknown, double or malformed */
    static SignerOptions parse(String text) {
        Map<String, String> options = new HashMap<>();
        for (String option : split(text)) {
            int equals = option.indexOf('=');
            String name = (equals < 0 ? option : option.substring(0, equals)).toLowerCase(Locale.ROOT);
            check(name, equals >= 0);
            if (options.put(name, equals < 0 ? "" : unquoted(name, option.substring(equals + 1))) != null) {
                throw new SshFormatException("names the option '" + name + "' again; remove one of the two");
            }
        }
        String namespaces = options.get("namespaces");
        SignerOptions parsed = new SignerOptions(
                namespaces == null ? null : PatternList.of(namespaces),
                time(options.get("valid-after")),
                time(options.get("valid-before")),
                options.containsKey("no-touch-required"),
                options.containsKey("verify-required"));
        if (parsed.validAfter != null
                && parsed.validBefore != null
                && !parsed.validAfter.isBefore(parsed.validBefore)) {
            throw new SshFormatException("is valid at no time: valid-after is not before valid-before");
        }
        return parsed;
    }

    private static void check(String name, boolean withValue) {
        if (name.equals("cert-authority")) {
            throw new SshFormatException("has the option cert-authority; certificates are not supported, so list each"
                    + " person's own key");
        }
        if (!(withValue ? VALUES : FLAGS).contains(name)) {
            throw new SshFormatException("has the option '" + name + "'" + (withValue ? " with" : " without")
                    + " a value, which is unknown; known are namespaces=\"…\", valid-after=\"…\", valid-before=\"…\","
                    + " no-touch-required and verify-required");
        }
    }

    /** At the commas that are not in quotes. */
    private static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            quoted ^= text.charAt(i) == '"';
            if (text.charAt(i) == ',' && !quoted) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }

    private static String unquoted(String name, String value) {
        boolean quoted = value.length() > 2
                && value.startsWith("\"")
                && value.indexOf('"', 1) == value.length() - 1
                && value.indexOf('\\') < 0;
        if (!quoted) {
            throw new SshFormatException("must give the value of '" + name + "' in double quotes: " + name + "=\"…\"");
        }
        return value.substring(1, value.length() - 1);
    }

    private static @Nullable Instant time(@Nullable String text) {
        if (text == null) {
            return null;
        }
        ZoneId zone = text.endsWith("Z") ? ZoneOffset.UTC : ZoneId.systemDefault();
        String digits = text.endsWith("Z") ? text.substring(0, text.length() - 1) : text;
        try {
            LocalDateTime local =
                    switch (digits.length()) {
                        case 8 -> LocalDate.parse(digits, DAY).atStartOfDay();
                        case 12 -> LocalDateTime.parse(digits, MINUTE);
                        case 14 -> LocalDateTime.parse(digits, SECOND);
                        default -> throw new DateTimeException("no such form");
                    };
            return local.atZone(zone).toInstant();
        } catch (DateTimeException e) {
            throw new SshFormatException("has the time '" + text
                    + "'; the forms are YYYYMMDD, YYYYMMDDHHMM and YYYYMMDDHHMMSS, each with a Z for UTC");
        }
    }

    private static DateTimeFormatter strict(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    }
}
