package io.k8sincident.activities.approval.ssh;

import java.util.List;

/**
 * OpenSSH's list of patterns (PATTERNS in ssh_config(5)): {@code *} stands for any characters, {@code ?} for one, and a
 * pattern after {@code !} takes back what the others allow. Immutable.
 */
record PatternList(List<String> patterns) {
    PatternList {
        patterns = List.copyOf(patterns);
    }

    /** @throws SshFormatException if one of them is empty */
    static PatternList of(String commaSeparated) {
        List<String> patterns = List.of(commaSeparated.split(",", -1));
        if (patterns.stream().anyMatch(pattern -> pattern.isEmpty() || pattern.equals("!"))) {
            throw new SshFormatException("'" + commaSeparated + "' holds an empty pattern");
        }
        return new PatternList(patterns);
    }

    boolean matches(String text) {
        boolean denied = patterns.stream()
                .filter(pattern -> pattern.startsWith("!"))
                .anyMatch(pattern -> matches(pattern.substring(1), text));
        return !denied
                && patterns.stream()
                        .filter(pattern -> !pattern.startsWith("!"))
                        .anyMatch(pattern -> matches(pattern, text));
    }

    /** Goes back to the last star only, so the time grows with the product of both lengths at most. */
    private static boolean matches(String pattern, String text) {
        int at = 0;
        int position = 0;
        int star = -1;
        int resume = 0;
        while (position < text.length()) {
            char wanted = at < pattern.length() ? pattern.charAt(at) : '\0';
            if (at < pattern.length() && wanted == '*') {
                star = at++;
                resume = position;
            } else if (at < pattern.length() && (wanted == '?' || wanted == text.charAt(position))) {
                at++;
                position++;
            } else if (star >= 0) {
                at = star + 1;
                position = ++resume;
            } else {
                return false;
            }
        }
        return pattern.substring(at).chars().allMatch(rest -> rest == '*');
    }
}
