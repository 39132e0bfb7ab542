package io.k8sincident.activities.diagnosis.rules;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.k8sincident.activities.diagnosis.view.ContainerView;
import io.k8sincident.activities.diagnosis.view.Fact;
import io.k8sincident.activities.diagnosis.view.LastWords;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The error that a container named before it ended by itself, and what in the pod's spec or in the namespace bears it out.
 * A line of a log alone is never enough: each complaint is what the kernel, the resolver or the API server answers, and
 * is held against what the snapshot says.
 */
record Complaint(WorkloadView workload, ContainerView container, LastWords words) {
    private static final Pattern SURVIVED = Pattern.compile(
            "(?i)\\b(using|instead|fall(ing)? ?back|fallback|retry|retrying|ignor\\w+|continu\\w+|skipp\\w+|attempt)\\b");
    private static final Pattern REASON = Pattern.compile("^\\s+(---> |[0-9]+: |[Cc]aused by)");
    private static final int LINES_BEFORE = 2;

    /** The line that holds this pattern: the deciding one, one right before it that was not survived, or its reason. */
    Optional<Matcher> said(Pattern pattern) {
        List<String> lines = words.lines();
        int deciding = lines.lastIndexOf(words.error());
        for (int i = deciding; i >= Math.max(0, deciding - LINES_BEFORE); i--) {
            String line = lines.get(i);
            Matcher matcher = pattern.matcher(line);
            if (matcher.find() && (i == deciding || !survived(line))) {
                return Optional.of(matcher);
            }
        }
        for (String line : reasons()) {
            Matcher matcher = pattern.matcher(line);
            if (matcher.find()) {
                return Optional.of(matcher);
            }
        }
        return Optional.empty();
    }

    /** Whether a line says how it went on after the error that it tells of. */
    static boolean survived(String line) {
        return SURVIVED.matcher(line).find();
    }

    /** The deciding line, those right before it, and those after it that give its reason. */
    String near() {
        List<String> lines = words.lines();
        int deciding = Math.max(0, lines.lastIndexOf(words.error()));
        List<String> near = new ArrayList<>(lines.subList(Math.max(0, deciding - LINES_BEFORE), deciding + 1));
        near.addAll(reasons());
        return String.join("\n", near);
    }

    /** The causes of an error as .NET and Rust write them: below it, indented; Rust does not number a single one. */
    private List<String> reasons() {
        List<String> lines = words.fromError();
        return IntStream.range(1, lines.size())
                .filter(i -> REASON.matcher(lines.get(i)).find()
                        || (lines.get(i - 1).endsWith("aused by:")
                                && Character.isWhitespace(lines.get(i).charAt(0))))
                .mapToObj(lines::get)
                .toList();
    }

    Fact fact() {
        return words.fact();
    }
}
