package io.k8sincident.activities.kubernetes;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** Names of Kubernetes objects: which are allowed, how they stand in a URL, and which resemble each other. */
final class Names {
    /** RFC 1123 subdomains, and the colons of RBAC names. */
    private static final Pattern ALLOWED = Pattern.compile("[a-z0-9]([-a-z0-9.:]{0,251}[a-z0-9])?");

    private static final int NEAREST = 3;

    private Names() {}

    static boolean allowed(String name) {
        return ALLOWED.matcher(name).matches();
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The few that a mistyped name may have meant, the nearest first. */
    static List<String> near(String name, List<String> existing) {
        int furthest = Math.max(2, name.length() / 3);
        return existing.stream()
                .filter(other -> other.contains(name) || name.contains(other) || distance(name, other) <= furthest)
                .sorted(Comparator.<String>comparingInt(other -> distance(name, other))
                        .thenComparing(other -> other))
                .limit(NEAREST)
                .toList();
    }

    /** How many letters must be changed, put in or left out. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
