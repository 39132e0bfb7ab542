package io.k8sincident.activities.kubernetes;

import io.k8sincident.activities.evidence.Fields;
import java.util.ArrayList;
import java.util.List;

/** Label selectors as they stand in a query (Kubernetes documentation, Labels and Selectors). */
final class Selectors {
    private Selectors() {}

    /** Of a {@code spec.selector} with matchLabels and matchExpressions; empty if it selects everything or nothing. */
    static String of(Fields selector) {
        List<String> terms = new ArrayList<>(equality(selector.child("matchLabels")));
        for (Fields expression : selector.list("matchExpressions")) {
            String key = expression.text("key");
            String values = "(" + String.join(",", expression.texts("values")) + ")";
            switch (expression.text("operator")) {
                case "In" -> terms.add(key + " in " + values);
                case "NotIn" -> terms.add(key + " notin " + values);
                case "Exists" -> terms.add(key);
                case "DoesNotExist" -> terms.add("!" + key);
                default -> {
                    // An operator of a later API version: the other terms still select no pod too few.
                }
            }
        }
        return String.join(",", terms);
    }

    private static List<String> equality(Fields labels) {
        return labels.names().stream()
                .sorted()
                .map(key -> key + "=" + labels.text(key))
                .toList();
    }
}
