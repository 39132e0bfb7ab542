package io.k8sincident.activities.diagnosis.view;

import io.k8sincident.activities.evidence.Fields;

/** Label selectors of the API (meta/v1 LabelSelector). */
public final class Selectors {
    private Selectors() {}

    /** Whether these labels fit; an empty selector fits all. */
    public static boolean matches(Fields selector, Fields labels) {
        Fields wanted = selector.child("matchLabels");
        return wanted.names().stream()
                        .allMatch(key -> labels.has(key) && labels.text(key).equals(wanted.text(key)))
                && selector.list("matchExpressions").stream().allMatch(expression -> fits(expression, labels));
    }

    private static boolean fits(Fields expression, Fields labels) {
        String key = expression.text("key");
        boolean among = labels.has(key) && expression.texts("values").contains(labels.text(key));
        return switch (expression.text("operator")) {
            case "In" -> among;
            case "NotIn" -> !among;
            case "Exists" -> labels.has(key);
            case "DoesNotExist" -> !labels.has(key);
            default -> false;
        };
    }
}
