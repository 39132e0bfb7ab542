package io.k8sincident.scenarios.patch;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.scenarios.json.Json;

/** JSON patch, RFC 6902. All operations apply, or none does. */
final class JsonPatch {
    private static final int MAXIMUM = 10_000;

    private JsonPatch() {}

    /** The patched value; the arguments are left as they are. */
    static JsonNode apply(JsonNode target, JsonNode patch) {
        if (!patch.isArray()) {
            throw PatchFailure.malformed("a JSON patch is an array of operations");
        }
        if (patch.size() > MAXIMUM) {
            throw PatchFailure.malformed("more than " + MAXIMUM + " operations");
        }
        JsonNode result = target.deepCopy();
        for (JsonNode operation : patch) {
            result = step(result, operation);
        }
        return result;
    }

    private static JsonNode step(JsonNode document, JsonNode operation) {
        JsonPointer path = pointer(operation, "path");
        return switch (Json.text(operation, "op")) {
            case "add" -> add(document, path, value(operation));
            case "remove" -> remove(document, path);
            case "replace" -> {
                present(document, path);
                yield path.matches() ? value(operation) : set(document, path, value(operation));
            }
            case "move" -> {
                JsonPointer from = pointer(operation, "from");
                JsonNode moved = present(document, from);
                yield add(remove(document, from), path, moved);
            }
            case "copy" ->
                add(
                        document,
                        path,
                        present(document, pointer(operation, "from")).deepCopy());
            case "test" -> {
                if (!Json.canonical(document.at(path)).equals(Json.canonical(value(operation)))) {
                    throw PatchFailure.notApplicable();
                }
                yield document;
            }
            default -> throw PatchFailure.notApplicable();
        };
    }

    private static JsonNode add(JsonNode document, JsonPointer path, JsonNode value) {
        if (path.matches()) {
            return value;
        }
        JsonNode parent = document.at(path.head());
        String last = lastSegment(path);
        if (parent instanceof ObjectNode object) {
            object.set(last, value);
        } else if (parent instanceof ArrayNode array) {
            array.insert(last.equals("-") ? array.size() : index(last, array.size()), value);
        } else {
            throw PatchFailure.notApplicable();
        }
        return document;
    }

    private static JsonNode set(JsonNode document, JsonPointer path, JsonNode value) {
        JsonNode parent = document.at(path.head());
        if (parent instanceof ObjectNode object) {
            object.set(lastSegment(path), value);
        } else if (parent instanceof ArrayNode array) {
            array.set(index(lastSegment(path), array.size() - 1), value);
        }
        return document;
    }

    private static JsonNode remove(JsonNode document, JsonPointer path) {
        present(document, path);
        if (path.matches()) {
            throw PatchFailure.notApplicable();
        }
        JsonNode parent = document.at(path.head());
        if (parent instanceof ObjectNode object) {
            object.remove(lastSegment(path));
        } else if (parent instanceof ArrayNode array) {
            array.remove(index(lastSegment(path), array.size() - 1));
        }
        return document;
    }

    private static JsonNode present(JsonNode document, JsonPointer path) {
        JsonNode found = document.at(path);
        if (found.isMissingNode()) {
            throw PatchFailure.notApplicable();
        }
        return found;
    }

    private static JsonNode value(JsonNode operation) {
        if (!operation.has("value")) {
            throw PatchFailure.notApplicable();
        }
        return operation.path("value").deepCopy();
    }

    private static JsonPointer pointer(JsonNode operation, String field) {
        try {
            return JsonPointer.compile(Json.text(operation, field));
        } catch (IllegalArgumentException e) {
            throw PatchFailure.notApplicable();
        }
    }

    private static String lastSegment(JsonPointer path) {
        return path.last().getMatchingProperty();
    }

    private static int index(String segment, int maximum) {
        if (!segment.matches("0|[1-9][0-9]{0,8}") || Integer.parseInt(segment) > maximum) {
            throw PatchFailure.notApplicable();
        }
        return Integer.parseInt(segment);
    }
}
