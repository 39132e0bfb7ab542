package io.k8sincident.scenarios.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.scenarios.catalog.ResourceType;
import io.k8sincident.scenarios.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether values have the JSON types that the API's Go structs decode: the fields that changes most often touch. */
public final class Shape {
    private static final List<String> NUMBERS =
            List.of("replicas", "revisionHistoryLimit", "progressDeadlineSeconds", "minReadySeconds");

    private Shape() {}

    /** What cannot be decoded, in the decoder's words; empty where all can. */
    public static Optional<String> problem(ResourceType type, ObjectNode object) {
        for (String field : List.of("metadata", "spec", "status", "data")) {
            JsonNode value = object.path(field);
            if (!value.isMissingNode() && !value.isNull() && !value.isObject()) {
                return mismatch(value, type.kind() + "." + field, "an object");
            }
        }
        for (String map : List.of("labels", "annotations")) {
            Optional<String> problem = stringMap("ObjectMeta.metadata." + map, Json.at(object, "metadata", map));
            if (problem.isPresent()) {
                return problem;
            }
        }
        JsonNode spec = object.path("spec");
        if (type.group().equals("apps")) {
            for (String field : NUMBERS) {
                JsonNode value = spec.path(field);
                if (!value.isMissingNode() && !value.isNull() && !value.canConvertToInt()) {
                    return mismatch(value, type.kind() + "Spec.spec." + field, "type int32");
                }
            }
            return podSpec(Json.at(spec, "template", "spec"));
        }
        return type.kind().equals("Pod") ? podSpec(spec) : Optional.empty();
    }

    private static Optional<String> podSpec(JsonNode spec) {
        for (String list : List.of("initContainers", "containers")) {
            JsonNode containers = spec.path(list);
            if (!containers.isMissingNode() && !containers.isNull() && !containers.isArray()) {
                return mismatch(containers, "PodSpec." + list, "type []v1.Container");
            }
            for (JsonNode container : containers) {
                Optional<String> problem = container(container);
                if (problem.isPresent()) {
                    return problem;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> container(JsonNode container) {
        for (String field : List.of("command", "args")) {
            JsonNode words = container.path(field);
            if (!words.isMissingNode() && !words.isNull() && !allText(words)) {
                return mismatch(words, "Container." + field, "type []string");
            }
        }
        for (String field : List.of("image", "name")) {
            JsonNode text = container.path(field);
            if (!text.isMissingNode() && !text.isNull() && !text.isTextual()) {
                return mismatch(text, "Container." + field, "type string");
            }
        }
        for (String kind : List.of("requests", "limits")) {
            for (Map.Entry<String, JsonNode> amount :
                    Json.at(container, "resources", kind).properties()) {
                if (Quantity.parse(amount.getValue().asText()).isEmpty()) {
                    return Optional.of("quantities must match the regular expression"
                            + " '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> stringMap(String field, JsonNode map) {
        for (Map.Entry<String, JsonNode> entry : map.properties()) {
            if (!entry.getValue().isTextual()) {
                return mismatch(entry.getValue(), field, "type string");
            }
        }
        return Optional.empty();
    }

    private static boolean allText(JsonNode words) {
        if (!words.isArray()) {
            return false;
        }
        for (JsonNode word : words) {
            if (!word.isTextual()) {
                return false;
            }
        }
        return true;
    }

    private static Optional<String> mismatch(JsonNode value, String field, String wanted) {
        String found = value.getNodeType().toString().toLowerCase(java.util.Locale.ROOT);
        return Optional.of("json: cannot unmarshal " + found + " into Go struct field " + field + " of " + wanted);
    }
}
