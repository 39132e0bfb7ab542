package io.k8sincident.activities.approval;

import java.util.Locale;
import java.util.regex.Pattern;

/** The names of people, which are compared: two that look alike must not differ. */
final class SignerName {
    /** Nobody's name. */
    static final String ANONYMOUS = "anonymous";

    private static final Pattern VALID = Pattern.compile("[\\x21-\\x7E]+( [\\x21-\\x7E]+)*");
    private static final int LONGEST = 100;

    private SignerName() {}

    /** Visible ASCII, words parted by single spaces. */
    static boolean valid(String name) {
        return name.length() <= LONGEST
                && VALID.matcher(name).matches()
                && !folded(name).equals(ANONYMOUS);
    }

    /** The same for all writings of a name. */
    static String folded(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }
}
