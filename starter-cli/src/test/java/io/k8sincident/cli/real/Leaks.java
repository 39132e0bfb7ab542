package io.k8sincident.cli.real;

import io.k8sincident.scenarios.secrets.PlantedSecrets.Planted;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds secrets in any amount of text by eight characters in a row, so that half a secret is found, too. */
final class Leaks {
    private static final int LENGTH = 8;
    /** What is no secret of them, and parts that any text may hold by chance. */
    private static final Pattern FIXED = Pattern.compile(
            "Authorization: (Bearer|Basic) |-----[A-Z ]+-----|https://|@errors.*|github_pat_|\n|[0-9]{8,}");

    private final Map<String, String> secretsByPart = new HashMap<>();

    private Leaks() {}

    static Leaks of(List<Planted> planted) {
        Leaks leaks = new Leaks();
        for (Planted one : planted) {
            for (String part : FIXED.split(one.secret(), -1)) {
                for (int i = 0; i + LENGTH <= part.length(); i++) {
                    leaks.secretsByPart.put(part.substring(i, i + LENGTH), one.line());
                }
            }
        }
        return leaks;
    }

    /** The lines of the secrets of which this text holds a part. */
    Set<String> in(String text) {
        Set<String> found = new HashSet<>();
        for (int i = 0; i + LENGTH <= text.length(); i++) {
            String line = secretsByPart.get(text.substring(i, i + LENGTH));
            if (line != null) {
                found.add(text.substring(Math.max(0, i - 30), Math.min(text.length(), i + 40)) + "  of  " + line);
            }
        }
        return found;
    }
}
