package io.k8sincident.activities.diagnosis;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** As much of JSON Schema 2020-12 as our schemas use; a keyword that it does not know is an error, not ignored. */
final class Schema {
    private final JsonNode root;

    Schema(JsonNode root) {
        this.root = root;
    }

    /** What is wrong with this value, one line each. */
    List<String> problems(JsonNode value) {
        List<String> problems = new ArrayList<>();
        check(root, value, "$", problems);
        return problems;
    }

    private void check(JsonNode schema, JsonNode value, String at, List<String> problems) {
        schema.properties().forEach(keyword -> {
            JsonNode rule = keyword.getValue();
            boolean holds =
                    switch (keyword.getKey()) {
                        case "$schema", "$id", "title", "description", "$defs" -> true;
                        case "$ref" -> {
                            check(root.at(rule.asText().substring(1)), value, at, problems);
                            yield true;
                        }
                        case "type" -> hasType(rule, value);
                        case "const" -> rule.equals(value);
                        case "enum" -> contains(rule, value);
                        case "pattern" -> !value.isTextual() || value.asText().matches("(?s).*" + rule.asText() + ".*");
                        case "maxLength" -> !value.isTextual() || value.asText().length() <= rule.asInt();
                        case "required" -> !value.isObject() || hasAll(rule, value);
                        case "oneOf" -> matchesOne(rule, value, at);
                        case "properties" -> {
                            rule.properties().forEach(property -> {
                                if (value.has(property.getKey())) {
                                    check(
                                            property.getValue(),
                                            value.get(property.getKey()),
                                            at + "." + property.getKey(),
                                            problems);
                                }
                            });
                            yield true;
                        }
                        case "additionalProperties" -> !value.isObject() || onlyKnown(schema.path("properties"), value);
                        case "items" -> {
                            for (int i = 0; value.isArray() && i < value.size(); i++) {
                                check(rule, value.get(i), at + "[" + i + "]", problems);
                            }
                            yield true;
                        }
                        default -> throw new IllegalArgumentException("unknown keyword " + keyword.getKey());
                    };
            if (!holds) {
                problems.add(at + ": " + keyword.getKey() + " " + rule + " does not hold for " + value);
            }
        });
    }

    private boolean matchesOne(JsonNode schemas, JsonNode value, String at) {
        int matching = 0;
        for (JsonNode schema : schemas) {
            List<String> problems = new ArrayList<>();
            check(schema, value, at, problems);
            matching += problems.isEmpty() ? 1 : 0;
        }
        return matching == 1;
    }

    private static boolean hasType(JsonNode types, JsonNode value) {
        String type = value.isNull()
                ? "null"
                : value.isTextual()
                        ? "string"
                        : value.isBoolean()
                                ? "boolean"
                                : value.isArray()
                                        ? "array"
                                        : value.isObject() ? "object" : value.isIntegralNumber() ? "integer" : "number";
        return types.isArray()
                ? contains(types, com.fasterxml.jackson.databind.node.TextNode.valueOf(type))
                : types.asText().equals(type);
    }

    private static boolean contains(JsonNode list, JsonNode value) {
        for (JsonNode one : list) {
            if (one.equals(value)) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasAll(JsonNode names, JsonNode value) {
        for (JsonNode name : names) {
            if (!value.has(name.asText())) {
                return false;
            }
        }
        return true;
    }

    private static boolean onlyKnown(JsonNode properties, JsonNode value) {
        List<String> names = new ArrayList<>();
        value.fieldNames().forEachRemaining(names::add);
        return names.stream().allMatch(properties::has);
    }
}
