package io.k8sincident.activities.redaction;

import java.util.List;

/**
 * A password right behind the colon of its name, as in {@code {password:hunter2}}. So stand tags behind the names of images,
 * ports behind those of hosts and paths behind those of volumes, too: none of these is one.
 */
final class BarePassword {
    private static final List<String> NAMES = List.of("password", "passwd", "passphrase", "pwd", "pass");
    private static final String NEWEST = "latest";

    private BarePassword() {}

    /** Whether the name that ends here says password last: {@code password-api} is a host rather than a password. */
    static boolean endsName(String text, int nameEnd) {
        for (String name : NAMES) {
            if (text.regionMatches(true, nameEnd - name.length(), name, 0, name.length())) {
                return true;
            }
        }
        return false;
    }

    static boolean is(String value) {
        return value.charAt(0) != '/' && !value.equals(NEWEST) && !isVersion(value);
    }

    /** Such as {@code 1.2}, {@code v1.2.3} or {@code 1.2.3-alpine}. */
    private static boolean isVersion(String value) {
        int i = value.charAt(0) == 'v' ? 1 : 0;
        int start = i;
        while (i < value.length() && (Character.isDigit(value.charAt(i)) || (i > start && value.charAt(i) == '.'))) {
            i++;
        }
        return value.substring(start, i).indexOf('.') > 0 && (i == value.length() || value.charAt(i) == '-');
    }
}
