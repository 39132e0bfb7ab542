package io.k8sincident.scenarios.selector;

import com.fasterxml.jackson.databind.JsonNode;
import io.k8sincident.scenarios.json.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which labels an object must have. Built from a spec's {@code selector} or from a query parameter. */
public final class LabelSelector {
    /** How one key is compared. */
    public enum Operator {
        IN,
        NOT_IN,
        EXISTS,
        DOES_NOT_EXIST
    }

    /** One condition; all of a selector's must hold. */
    public record Requirement(String key, Operator operator, Set<String> values) {
        /** Copies the values. */
        public Requirement {
            values = Set.copyOf(values);
        }

        boolean matches(Map<String, String> labels) {
            String value = labels.get(key);
            return switch (operator) {
                case IN -> value != null && values.contains(value);
                case NOT_IN -> value == null || !values.contains(value);
                case EXISTS -> value != null;
                case DOES_NOT_EXIST -> value == null;
            };
        }
    }

    private final List<Requirement> requirements;

    /** A selector that needs all of these; none selects everything. */
    public LabelSelector(List<Requirement> requirements) {
        this.requirements = List.copyOf(requirements);
    }

    /** From {@code matchLabels} and {@code matchExpressions}. */
    public static LabelSelector of(JsonNode selector) {
        List<Requirement> requirements = new ArrayList<>();
        Json.strings(selector.path("matchLabels"))
                .forEach((key, value) -> requirements.add(new Requirement(key, Operator.IN, Set.of(value))));
        for (JsonNode expression : selector.path("matchExpressions")) {
            Operator operator =
                    switch (Json.text(expression, "operator")) {
                        case "NotIn" -> Operator.NOT_IN;
                        case "Exists" -> Operator.EXISTS;
                        case "DoesNotExist" -> Operator.DOES_NOT_EXIST;
                        default -> Operator.IN;
                    };
            Set<String> values = new HashSet<>(Json.texts(expression.path("values")));
            requirements.add(new Requirement(Json.text(expression, "key"), operator, values));
        }
        return new LabelSelector(requirements);
    }

    /** From a plain map, as in a Service. */
    public static LabelSelector ofMap(JsonNode labels) {
        List<Requirement> requirements = new ArrayList<>();
        Json.strings(labels)
                .forEach((key, value) -> requirements.add(new Requirement(key, Operator.IN, Set.of(value))));
        return new LabelSelector(requirements);
    }

    /** Whether an object with these labels is selected. */
    public boolean matches(Map<String, String> labels) {
        return requirements.stream().allMatch(requirement -> requirement.matches(labels));
    }
}
